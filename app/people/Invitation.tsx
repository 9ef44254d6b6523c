import type { JSX } from "preact";
import type { Seat } from "../stage/views.ts";
import { type InviteProps, InviteWays } from "./InviteWays.tsx";
import { useWords } from "../ui/words.ts";

/** `again`: others were in the room before. */
export interface InvitationProps extends InviteProps {
  readonly seat: Seat | undefined;
  readonly again: boolean;
}

/** Takes the next person's seat while the person is alone. */
export function Invitation({ seat, again, ...props }: InvitationProps): JSX.Element {
  const { room } = useWords();
  return (
    <section
      class="invitation"
      aria-labelledby="invitation-title"
      style={seat === undefined ? { visibility: "hidden" } : {
        left: `${seat.x}px`,
        top: `${seat.y}px`,
        width: `${seat.width}px`,
        height: `${seat.height}px`,
      }}
    >
      <div class="invitation-words">
        <h2 id="invitation-title">{again ? room.inviteAgain : room.inviteTitle}</h2>
        <p>{room.inviteLead}</p>
      </div>
      <InviteWays {...props} />
    </section>
  );
}
