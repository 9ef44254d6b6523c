import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { InviteParts, type InviteProps } from "./InviteParts.tsx";
import { useOwnerParts } from "./later.ts";
import { Panel } from "./Panel.tsx";
import { useWords } from "./words.ts";

/** Inviting others while the call goes on, beside the stage. */
export function InvitePanel({ call, onClose, ...props }: InviteProps & {
  readonly call: Call;
  readonly onClose: () => void;
}): JSX.Element {
  const { invite, room } = useWords();
  const parts = useOwnerParts(call.owners.owns);
  // Before the panel is seen: letters that follow at once are its own.
  useLayoutEffect(() => document.getElementById("invite-title")?.focus(), []);
  return (
    <Panel id="invite" title={invite.title} shown onClose={onClose}>
      <div class="invite-panel">
        <p>{room.inviteLead}</p>
        <InviteParts {...props} />
        {parts && <parts.InviteLinks call={call} link={props.link} />}
      </div>
    </Panel>
  );
}
