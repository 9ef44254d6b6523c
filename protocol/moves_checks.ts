/** Checks the messages of moves.ts. */
import { count, room } from "./fields.ts";
import { limits } from "./limits.ts";
import {
  moveLimits,
  type MoveMessage,
  type MoveParcel,
  moveRefusals,
  type MoveRefused,
  type MoveUpdate,
} from "./moves.ts";
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
    room,
    claim,
  }),
};

/** Server → client, by type. */
export const moveUpdates: { readonly [M in MoveUpdate as M["type"]]: is.Check<M> } = {
  "move-offered": is.object({
    type: is.oneOf("move-offered"),
    lifetimeMs: count,
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
