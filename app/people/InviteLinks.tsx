import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Invite, Role } from "../../protocol/mod.ts";
import type { Call } from "../call/mod.ts";
import { CopyLink } from "../ui/CopyLink.tsx";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

const hourMs = 60 * 60_000;
const lifetimes = { hour: hourMs, day: 24 * hourMs, week: 168 * hourMs, quarter: 2_160 * hourMs };
type Lifetime = keyof typeof lifetimes;

/** The links of owners: invites that skip password and knocking, and the owner link. */
export function InviteLinks({ call, link }: { call: Call; link: string }): JSX.Element {
  const { owners } = useWords();
  const [role, setRole] = useState<Role>("member");
  const [lifetime, setLifetime] = useState<Lifetime>("day");
  const key = call.owners.key;
  return (
    <section class="invite-links" aria-labelledby="invites-title">
      <h3 id="invites-title">{owners.invites}</h3>
      <p>{owners.invitesLine}</p>
      <ul>
        {call.owners.invites.map((invite) => (
          <InviteRow key={invite.inviteId} call={call} invite={invite} link={link} />
        ))}
      </ul>
      <div class="invite-new">
        <label class="labelled">
          {owners.role}
          <select
            class="field"
            value={role}
            onChange={({ currentTarget: { value } }) =>
              setRole(value === "owner" ? "owner" : "member")}
          >
            <option value="member">{owners.roles.member}</option>
            <option value="owner">{owners.roles.owner}</option>
          </select>
        </label>
        <label class="labelled">
          {owners.lifetime}
          <select
            class="field"
            value={lifetime}
            onChange={({ currentTarget: { value } }) => isLifetime(value) && setLifetime(value)}
          >
            {Object.keys(lifetimes).filter(isLifetime).map((each) => (
              <option key={each} value={each}>{owners.lifetimes[each]}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="secondary"
          onClick={() =>
            void call.session.send({ type: "make-invite", role, lifetimeMs: lifetimes[lifetime] })}
        >
          {owners.makeInvite}
        </button>
      </div>
      {key !== undefined && <OwnerLink link={withKey(link, `owner=${key}`)} />}
    </section>
  );
}

function OwnerLink({ link }: { link: string }): JSX.Element {
  const { owners } = useWords();
  return (
    <div class="hand-on">
      <CopyLink link={link} class="secondary" icon={<Icon name="key" />}>
        {owners.handOn}
      </CopyLink>
      <p>{owners.handOnLine}</p>
    </div>
  );
}

/** The link to a sealed room has a secret already. */
function withKey(link: string, key: string): string {
  return `${link}${link.includes("#") ? "&" : "#"}${key}`;
}

function isLifetime(text: string): text is Lifetime {
  return Object.hasOwn(lifetimes, text);
}

function InviteRow({ call, invite, link }: {
  call: Call;
  invite: Invite;
  link: string;
}): JSX.Element {
  const { owners } = useWords();
  const { inviteId } = invite;
  const role = owners.roles[invite.role];
  return (
    <li>
      <span>
        {fill(owners.inviteFor, { role })}
        <small>{useTimeLeft(invite.expires)}</small>
      </span>
      <CopyLink
        link={withKey(link, `invite=${invite.invite}`)}
        class="secondary"
        label={fill(owners.copyInvite, { role })}
        icon={<Icon name="copy" />}
      >
        {owners.copy}
      </CopyLink>
      <button
        type="button"
        class="quiet-key"
        aria-label={fill(owners.revokeInvite, { role })}
        title={owners.revoke}
        onClick={() => void call.session.send({ type: "revoke-invite", inviteId })}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}

/** Rounded up, in days from two days on. `expires`: ms since the epoch. */
function useTimeLeft(expires: number): string {
  const { owners, common: { locale } } = useWords();
  const hours = Math.max(1, Math.ceil((expires - Date.now()) / hourMs));
  return hours < 48
    ? counted(owners.hoursLeft, { count: hours, locale })
    : counted(owners.daysLeft, { count: Math.ceil(hours / 24), locale });
}
