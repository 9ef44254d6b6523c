/**
 * Who owns a room and what was decided about it: kept, sent to the members, and undone if a restart
 * turns out to have interrupted an earlier founding.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { ResumeClaims, Step } from "./core_types.ts";
import { mintInvites, mintOwnerKey } from "./owner_tokens.ts";
import type { Room, Session } from "./room.ts";
import { applyRules } from "./presence.ts";
import { broadcast, sendTo } from "./send.ts";
import type { CoreState } from "./state.ts";

/** Makes a member an owner with a key, if it is none yet. */
export function promote(state: CoreState, session: Session, step: Step): void {
  if (session.isOwner && !session.isLent) return;
  session.isOwner = true;
  session.isLent = false;
  sendOwnerKey(state, session, step);
  broadcastRules(state, session.room, step);
}

/** Makes a member an owner until it leaves, without a key. */
export function lendOwnership(state: CoreState, session: Session, step: Step): undefined {
  const { room } = session;
  session.isOwner = true;
  session.isLent = true;
  broadcastRules(state, room, step);
  sendInvites(state, session, step);
  // Who waits is sent at the end of this step.
  if (state.waiting.in(room.name).length > 0) state.changedLobbies.add(room.name);
}

/** Takes a lent ownership back, and what only owners are sent. */
export function demote(
  state: CoreState,
  session: Session,
  step: Step,
): "not-allowed" | undefined {
  if (!session.isLent) return "not-allowed";
  session.isOwner = false;
  session.isLent = false;
  broadcastRules(state, session.room, step);
  applyRules(state, session.room, step);
  sendTo(session, { type: "invites", invites: [] }, step);
  sendTo(session, { type: "knocks", knocks: [] }, step);
  return undefined;
}

/**
 * Broadcasts the rules and owners of a room, and what is special about single members, if they
 * changed. `except`: a peer whose welcome follows.
 */
export function broadcastRules(
  state: CoreState,
  room: Room,
  step: Step & { readonly except?: PeerId },
): void {
  const powers = room.takeChangedPowers();
  if (powers !== undefined) broadcast(room, powers, step);
  const rules = room.takeChangedRules(state.options.capacity);
  if (rules === undefined) return;
  broadcast(room, rules, step);
  if (state.waiting.in(room.name).length > 0) state.changedLobbies.add(room.name);
}

/** Keeps and broadcasts the rules of a room after a decision. */
export function saveRules(state: CoreState, room: Room, step: Step): void {
  state.keptRooms.keep({ room: room.name, rules: room.rules.toKept(undefined) }, step);
  broadcastRules(state, room, step);
}

/** Keeps the invites of a room after a decision, and sends them to its owners. */
export function saveInvites(state: CoreState, room: Room, step: Step): void {
  state.keptRooms.keep({ room: room.name, rules: room.rules.toKept(undefined) }, step);
  for (const owner of room.owners) sendInvites(state, owner, step);
}

/** Sends an owner its key, unless it is one for this call only, and the invites if any. */
export function sendOwnerKey(state: CoreState, session: Session, step: Step): void {
  const { name: room, rules } = session.room;
  if (!session.isLent) {
    const key = mintOwnerKey(state.options.tokens, { room, rules, at: step.at });
    sendTo(session, { type: "owner-key", key }, step);
  }
  if (rules.invites.length > 0) sendInvites(state, session, step);
}

/** Continues the founding that a restart interrupted; the current owners need a key of it. */
export function restoreFounding(
  state: CoreState,
  { room, claims }: { room: Room; claims: ResumeClaims },
  step: Step,
): void {
  const { founded = room.rules.founded } = claims;
  room.rules.reset(founded);
  for (const member of room.members.values()) member.isOwner = member.isLent = false;
  saveRules(state, room, step);
}

/** Forgets empty rooms that are too old, and invites that have expired. */
export function tickOwnership(state: CoreState, step: Step): void {
  state.keptRooms.tick(step);
  for (const room of state.rooms.values()) {
    if (room.rules.removeExpiredInvites(step.at)) saveInvites(state, room, step);
  }
}

function sendInvites(state: CoreState, session: Session, step: Step): void {
  const { name: room, rules } = session.room;
  const invites = mintInvites(state.options.tokens, { room, rules, at: step.at })
    .filter(({ role }) => !session.isLent || role !== "owner");
  sendTo(session, { type: "invites", invites }, step);
}
