/** What owners can pass on: the owner key of a room, and its invites. */
import { type Invite, serverLimits } from "../../protocol/mod.ts";
import type { RoomTokens } from "./core_types.ts";
import type { RoomRules } from "./room_rules.ts";

/** `at`: ms since the epoch. */
interface RoomAt {
  readonly room: string;
  readonly rules: RoomRules;
  readonly at: number;
}

/** A new owner key of a room. */
export function mintOwnerKey(tokens: RoomTokens, { room, rules, at }: RoomAt): string {
  const { founded } = rules;
  return tokens.ownerKey.mint({ room, founded, expires: at + serverLimits.ownerKeyMs });
}

/** The invites of a room that have not expired, each with its token. */
export function mintInvites(tokens: RoomTokens, { room, rules, at }: RoomAt): Invite[] {
  const { founded } = rules;
  return rules.invites.filter(({ expires }) => expires > at).map((invite) => {
    const { inviteId, expires } = invite;
    return { ...invite, invite: tokens.invite.mint({ room, founded, inviteId, expires }) };
  });
}
