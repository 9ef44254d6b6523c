import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { type InviteProps, InviteWays } from "./InviteWays.tsx";
import { useOwnerViews } from "./lazy.ts";
import { Panel } from "../ui/Panel.tsx";
import { useWords } from "../ui/words.ts";

/** The invitation panel beside the stage. */
export function InvitePanel({ call, onClose, ...props }: InviteProps & {
  readonly call: Call;
  readonly onClose: () => void;
}): JSX.Element {
  const { invite, room } = useWords();
  const ofOwners = useOwnerViews(call.owners.owns);
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => document.getElementById("invite-title")?.focus(), []);
  return (
    <Panel id="invite" title={invite.title} shown onClose={onClose}>
      <div class="invite-panel">
        <p>{room.inviteLead}</p>
        <InviteWays {...props} />
        {ofOwners && <ofOwners.InviteLinks call={call} link={props.link} />}
      </div>
    </Panel>
  );
}
