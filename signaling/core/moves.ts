/**
 * How a membership moves to another device of the same person. The server keeps of an offer the
 * hash of a claim and a parcel that it cannot open. Invariants:
 * 1 A claim is answered once, and only within `offerMs` of its offer.
 * 2 The old device stays the member until the new one joins with the token of the answer; that
 *   join gives the membership to the new socket and closes the old one in one step.
 * 3 A token of a device from before a move never resumes: devices are numbered, and only a token
 *   of the present or a later number does.
 */
import { createHash } from "node:crypto";
import {
  type ClaimMove,
  moveLimits,
  type MoveRefusal,
  type OfferMove,
  serverLimits,
} from "../../protocol/mod.ts";
import type { ResumeClaims, Step } from "./core_types.ts";
import type { Session } from "./room.ts";
import { sendTo } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import type { CoreState } from "./state.ts";
import { mintResumeToken } from "./welcome.ts";

/** What counts as the address of sockets that have none: see `Connect`. */
const uncounted = "";

/** Offers a member's place; replaces its last offer. */
export function offerMove(
  state: CoreState,
  { session, message: { claim, parcel } }: { session: Session; message: OfferMove },
  step: Step,
): void {
  const { offerMs: lifetimeMs } = moveLimits;
  session.move = { claim, parcel, until: step.now + lifetimeMs };
  state.moves.add(session);
  sendTo(session, { type: "move-offered", lifetimeMs }, step);
}

/** Withdraws a member's offer, if it has one. */
export function cancelMove(state: CoreState, session: Session): void {
  session.move = undefined;
  state.moves.delete(session);
}

/** Withdraws the offers that are too old. */
export function tickMoves(state: CoreState, { now }: Step): void {
  for (const session of state.moves) {
    if (session.move === undefined || now >= session.move.until) cancelMove(state, session);
  }
}

/** Answers a claim: with the parcel and a token, or why not. */
export function claimMove(
  state: CoreState,
  { socket, message }: { socket: SocketRecord; message: ClaimMove },
  step: Step,
): void {
  const { socketId, address = uncounted } = socket;
  const { now, at } = step;
  const refuse = (reason: MoveRefusal) =>
    step.emit({ kind: "send", socketId, message: { type: "move-refused", reason } });
  if (state.moveGuesses.waitMs(address, now) > 0) return refuse("too-soon");
  const session = offering(state, message, step);
  if (session?.move === undefined) {
    state.moveGuesses.wrong(address, now);
    return refuse("no-code");
  }
  const { parcel } = session.move;
  cancelMove(state, session);
  // One for the device that comes, and a later one for the device that goes, if it comes back.
  const next = session.nextDevice();
  const resume = mintResumeToken(state, session, {
    expires: at + moveLimits.joinMs,
    device: next,
  });
  step.emit({ kind: "send", socketId, message: { type: "move-parcel", parcel, resume } });
  const back = mintResumeToken(state, session, {
    expires: at + serverLimits.resumeTokenMs,
    device: session.nextDevice(),
  });
  sendTo(session, { type: "move-taken", resume: back }, step);
}

/** The member that offers its place to this claim. */
function offering(
  state: CoreState,
  { room, claim }: ClaimMove,
  { now }: Step,
): Session | undefined {
  const hash = createHash("sha256").update(claim).digest("base64url");
  return [...state.rooms.get(room)?.members.values() ?? []]
    .find(({ move }) => move?.claim === hash && now < move.until);
}

/** Whether a token is of a device from which its membership has moved on. */
export function hasMovedOn(state: CoreState, claims: ResumeClaims | undefined): boolean {
  if (claims === undefined) return false;
  const session = state.rooms.get(claims.room)?.members.get(claims.peerId);
  return session !== undefined && session.chosenAt === claims.chosenAt &&
    (claims.device ?? 0) < session.device;
}
