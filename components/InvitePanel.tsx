import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { InviteParts, type InviteProps } from "./InviteParts.tsx";
import { Panel } from "./Panel.tsx";
import { useWords } from "./words.ts";

/** Inviting others while the call goes on, beside the stage. */
export function InvitePanel({ onClose, ...props }: InviteProps & {
  readonly onClose: () => void;
}): JSX.Element {
  const { invite, room } = useWords();
  useEffect(() => document.getElementById("invite-title")?.focus(), []);
  return (
    <Panel id="invite" title={invite.title} shown onClose={onClose}>
      <div class="invite-panel">
        <p>{room.inviteLead}</p>
        <InviteParts {...props} />
      </div>
    </Panel>
  );
}
