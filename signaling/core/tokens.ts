/** The signed tokens of a server, so that it can trust claims without storing them. */
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

/**
 * Tokens signed with `key`, 32 random bytes; see SignedClaims. `earlier`: keys whose tokens are
 * still read.
 */
export function signedTokens(key: Uint8Array, earlier: readonly Uint8Array[] = []): RoomTokens {
  const keys = [key, ...earlier] as const;
  return {
    resume: new SignedClaims(keys, {
      purpose: "",
      // Tokens of versions without owners have no `founded`.
      check: is.object(resume, { founded: count, chosenAt: count, device: count }),
    }),
    ownerKey: new SignedClaims(keys, { purpose: "owner ", check: is.object(owner) }),
    invite: new SignedClaims(keys, {
      purpose: "invite ",
      check: is.object({ ...owner, inviteId: count }),
    }),
    letIn: new SignedClaims(keys, {
      purpose: "let-in ",
      check: is.object({
        ...owner,
        knockId: is.text({ least: 1, most: limits.peerId }),
        since: count,
      }),
    }),
  };
}
