import type { JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import { CopyLink } from "./CopyLink.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** `link`: the full address that brings others here. */
export interface InvitationProps {
  readonly link: string;
  readonly seat: Seat | undefined;
  /** Others were here before. */
  readonly again: boolean;
}

/** In the next person's seat while one is alone. */
export function Invitation({ link, seat, again }: InvitationProps): JSX.Element {
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
      <label class="field with-icon">
        <Icon name="link" />
        <input
          type="text"
          readOnly
          aria-label={room.inviteLink}
          value={decodeURI(link).replace(/^https?:\/\//, "")}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <CopyLink link={link} class="primary big" icon={<Icon name="copy" />}>
        {room.copyTheLink}
      </CopyLink>
    </section>
  );
}
