/** Checks the messages of moves.ts. */
import { limits, moveLimits } from "./limits.ts";
import {
  type MoveMessage,
  type MoveParcel,
  type MoveRefused,
  moveRefusals,
  type MoveUpdate,
} from "./moves.ts";
import { roomName } from "./names.ts";
import * as is from "./schema.ts";

const claim = is.matching(
  RegExp(`^[\\w-]{${moveLimits.claim}}$`),
  `${moveLimits.claim} base64url digits`,
);
const parcel = is.matching(
  RegExp(`^[\\w-]{1,${moveLimits.parcel}}$`),
  `1 to ${moveLimits.parcel} base64url digits`,
);
const resume = is.text({ least: 1, most: limits.resumeToken });

/** Client → server, by type. */
export const moveMessages: { readonly [M in MoveMessage as M["type"]]: is.Check<M> } = {
  "offer-move": is.object({ type: is.oneOf("offer-move"), claim, parcel }),
  "cancel-move": is.object({ type: is.oneOf("cancel-move") }),
  "claim-move": is.object({
    type: is.oneOf("claim-move"),
    room: is.canonical(roomName, "1 to 64 letters, digits, - or _"),
    claim,
  }),
};

/** Server → client, by type. */
export const moveUpdates: { readonly [M in MoveUpdate as M["type"]]: is.Check<M> } = {
  "move-offered": is.object({
    type: is.oneOf("move-offered"),
    lifetimeMs: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  }),
  "move-taken": is.object({ type: is.oneOf("move-taken"), resume }),
  "move-parcel": is.object({ type: is.oneOf("move-parcel"), parcel, resume }),
  "move-refused": is.object({
    type: is.oneOf("move-refused"),
    reason: is.oneOf(...moveRefusals),
  }),
};

/** The answer to a claim. */
export const claimAnswer = is.tagged<MoveParcel | MoveRefused>("type", {
  "move-parcel": moveUpdates["move-parcel"],
  "move-refused": moveUpdates["move-refused"],
});
