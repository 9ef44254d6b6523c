/** The tokens of a server: signed, so that it can trust what they claim without storing it. */
import { limits } from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";
import type { RoomTokens } from "./core_types.ts";
import { SignedClaims } from "./signed_claims.ts";

const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const room = is.text({ least: 1, most: 4 * limits.roomName });
const owner = { room, founded: count, expires: count };
const resume = {
  peerId: is.text({ least: 1, most: limits.peerId }),
  room,
  generation: count,
  epoch: count,
  since: count,
  expires: count,
};

/** Tokens signed with `key` (32 random bytes). */
export function signedTokens(key: Uint8Array): RoomTokens {
  return {
    // Those of versions before owners have no founding.
    resume: new SignedClaims(key, { purpose: "", check: is.object(resume, { founded: count }) }),
    ownerKey: new SignedClaims(key, { purpose: "owner ", check: is.object(owner) }),
    invite: new SignedClaims(key, {
      purpose: "invite ",
      check: is.object({ ...owner, inviteId: count }),
    }),
  };
}
