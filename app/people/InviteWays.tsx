import type { JSX } from "preact";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { loadQrCode } from "./lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { attempt } from "../../protocol/attempt.ts";

/** `link`: the full address of the room. */
export interface InviteProps {
  readonly room: string;
  readonly link: string;
}

/** The ways to share a link: QR code, system share sheet, email, clipboard. */
export function InviteWays({ room, link }: InviteProps): JSX.Element {
  const { invite, room: words } = useWords();
  const code = useModule(loadQrCode, true);
  return (
    <div class="invite-parts">
      <div class="invite-code">
        {code === undefined
          ? <span class="qr" />
          : <code.QrCode text={encodeURI(decodeURI(link))} label={invite.code} />}
        <div class="invite-ways">
          <p>{invite.point}</p>
          {"share" in navigator && (
            <button
              type="button"
              class="secondary"
              onClick={() => share(link)}
            >
              <Icon name="send-on" />
              {invite.share}
            </button>
          )}
          <a class="secondary" href={mailAddress(fill(invite.mailSubject, { room }), link)}>
            <Icon name="mail" />
            {invite.mail}
          </a>
        </div>
      </div>
      <label class="field with-icon">
        <Icon name="link" />
        <input
          type="text"
          readOnly
          aria-label={words.inviteLink}
          value={decodeURI(link).replace(/^https?:\/\//, "")}
          onFocus={(event) => event.currentTarget.select()}
        />
      </label>
      <CopyLink link={link} class="primary big" icon={<Icon name="copy" />}>
        {words.copyTheLink}
      </CopyLink>
    </div>
  );
}

/** Only the link, because some apps put a title in front of it. */
async function share(url: string): Promise<void> {
  // Closing the share sheet rejects too: nothing to report.
  await attempt(() => navigator.share({ url }));
}

function mailAddress(subject: string, body: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
