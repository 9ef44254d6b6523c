/**
 * Messages that move a membership to another device of the same person; a part of messages.ts.
 * docs/moving.md describes how a code is made and what the parcel holds.
 */

/** The limits of moves; not in limits.ts, which every page loads. */
export const moveLimits = {
  /** Base64url digits of 32 bytes: a claim, and its hash. */
  claim: 43,
  /** Base64url digits of what a membership takes along. */
  parcel: 8 * 1024,
  /** How long a code is valid. */
  offerMs: 2 * 60_000,
  /** How long the token of its claim is. */
  joinMs: 60_000,
} as const;

/** A member offers its place to the device that shows the claim, once and for a short time. */
export interface OfferMove {
  readonly type: "offer-move";
  /** SHA-256 of the claim, base64url. */
  readonly claim: string;
  /** What the other device needs, sealed with a key that the server never has; base64url. */
  readonly parcel: string;
}
/** The member withdraws its offer. */
export interface CancelMove {
  readonly type: "cancel-move";
}
/** A device that is no member asks for the parcel of a member. */
export interface ClaimMove {
  readonly type: "claim-move";
  readonly room: string;
  /** 32 bytes made of the code, base64url. */
  readonly claim: string;
}
/** Client → server. */
export type MoveMessage = OfferMove | CancelMove | ClaimMove;

/** The offer counts from now on. */
export interface MoveOffered {
  readonly type: "move-offered";
  readonly lifetimeMs: number;
}
/** The offer was claimed: the membership moves as soon as the other device joins. */
export interface MoveTaken {
  readonly type: "move-taken";
  /** For `resume` in a join that takes the membership back; valid for 10 minutes. */
  readonly resume: string;
}
/** The answer to a claim. */
export interface MoveParcel {
  readonly type: "move-parcel";
  readonly parcel: string;
  /** For `resume` in the join that takes the membership over; valid for one minute. */
  readonly resume: string;
}

/** All values of `MoveRefusal`. */
export const moveRefusals = ["no-code", "too-soon"] as const;
/**
 * Why a claim is refused: nobody offers that code, or its address has shown wrong codes
 * and must wait.
 */
export type MoveRefusal = typeof moveRefusals[number];

/** A claim is refused. */
export interface MoveRefused {
  readonly type: "move-refused";
  readonly reason: MoveRefusal;
}
/** Server → client. */
export type MoveUpdate = MoveOffered | MoveTaken | MoveParcel | MoveRefused;
