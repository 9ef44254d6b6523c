/**
 * How a membership begins, pauses, resumes and ends. Every change of a roster is made here, by
 * `addMember`, `resumeMember` and `removeMember`.
 */
import { type Followed, type Peer, serverLimits } from "../../protocol/mod.ts";
import { hiddenUpTo } from "./chat_history.ts";
import type { ResumeClaims, Step } from "./core_types.ts";
import { cancelMove } from "./moves.ts";
import { broadcastRules } from "./ownership.ts";
import { allowedState, broadcastHands } from "./presence.ts";
import { Room, Session } from "./room.ts";
import { type Credentials, RoomRules } from "./room_rules.ts";
import { broadcast, sendTo } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import type { CoreState } from "./state.ts";
import { welcome } from "./welcome.ts";

/** The others are not sent a shorter absence. */
const awayShownMs = 3_000;

/**
 * The session of a resume token, if its peer is still a member and the token is its newest or the
 * one before: the welcome with the newest may have been lost.
 */
export function findResumable(
  state: CoreState,
  claims: ResumeClaims | undefined,
): Session | undefined {
  if (claims === undefined) return undefined;
  const session = state.rooms.get(claims.room)?.members.get(claims.peerId);
  // A peer that chose the id of an earlier one is not that one.
  if (session === undefined || claims.chosenAt !== session.chosenAt) return undefined;
  const { device = 0 } = claims;
  if (device !== session.device) return device > session.device ? session : undefined;
  return claims.generation >= session.generation - 1 ? session : undefined;
}

/**
 * Adds a member: announces it, adds it, then sends it the roster, in the order of SkyRTC. With
 * `credentials.claims` and `followed`, it was a member in a session that this node has forgotten.
 * Opening a room founds it, unless the credentials are of an earlier founding.
 */
export function addMember(
  state: CoreState,
  { peer, room: name, door, socket, credentials, followed }: {
    peer: Omit<Peer, "away">;
    room: string;
    /** That of its link; undefined: it joins an open room. */
    door: string | undefined;
    socket: SocketRecord;
    credentials: Credentials;
    followed: Followed | undefined;
  },
  step: Step,
): Session {
  const { now, at } = step;
  const { claims, address } = credentials;
  const { peerId } = peer;
  const known = state.rooms.get(name);
  const room = known ?? openRoom(state, { name, door, credentials }, step);
  const since = hiddenUpTo(room, { history: state.options.chatHistory, claims });
  const { socketId, site } = socket;
  const session = new Session(peer, { room, socketId, site, since, now, address });
  const founds = known === undefined && room.rules.founded === at && peer.dialect === "parley";
  session.isOwner = founds || room.rules.isOwner(credentials);
  session.state = allowedState(session, peer.state);
  const isBack = claims?.peerId === peerId;
  session.generation = isBack ? claims.generation + 1 : 0;
  session.device = isBack ? claims.device ?? 0 : 0;
  if (peer.sealed !== undefined) session.chosenAt = isBack ? claims.chosenAt : at;
  const revision = room.nextRevision();
  broadcast(room, { type: "peer-joined", revision, peer: session.peer() }, step);
  room.members.set(peerId, session);
  room.stays.begin(session, at);
  broadcastRules(state, room, { ...step, except: peerId });
  welcome(state, { session, resumed: false, followed }, step);
  room.setHand(peerId, peer.state.hand);
  broadcastHands(room, step);
  return session;
}

function openRoom(
  state: CoreState,
  { name, door, credentials }: {
    name: string;
    door: string | undefined;
    credentials: Credentials;
  },
  step: Step,
): Room {
  const rules = state.keptRules(name, step.at) ?? RoomRules.opened(credentials, step.at);
  state.keptRooms.keep({ room: name, rules: rules.toKept(undefined) }, step);
  const { capacity: capacityMost } = state.options;
  const room = new Room(name, { epoch: step.at, rules, door, capacityMost });
  state.rooms.set(name, room);
  step.emit({ kind: "subscribe", room: name });
  // The links of those who wait may fit no longer.
  if (state.waiting.in(name).length > 0) state.changedLobbies.add(name);
  return room;
}

/**
 * Gives an away member a new socket and what it missed. The others learn it only if they saw it
 * away.
 */
export function resumeMember(
  state: CoreState,
  { session, socket, followed, device }: {
    session: Session;
    socket: SocketRecord;
    /** That of its token. */
    device: number;
    followed: Followed | undefined;
  },
  step: Step,
): void {
  const { room, peerId } = session;
  state.away.delete(session);
  // The page that showed the code may be another one now.
  cancelMove(state, session);
  session.generation += 1;
  session.device = device;
  session.socketId = socket.socketId;
  session.address = socket.address;
  session.site = socket.site;
  welcome(state, { session, resumed: true, followed }, step);
  for (const held of session.takeHeld()) {
    if (room.members.has(held.from)) sendTo(session, held, step);
  }
  if (!session.isShownAway) return;
  session.isShownAway = false;
  broadcast(room, { type: "peer-back", revision: room.nextRevision(), peerId }, step);
}

/** Starts the grace period of a member whose socket is lost. */
export function markAway(state: CoreState, session: Session, { now }: Step): void {
  session.socketId = undefined;
  session.awaySince = now;
  state.away.add(session);
}

/** Ends a membership; the only place that does. The last member's end closes the room. */
export function removeMember(
  state: CoreState,
  { session, reason }: { session: Session; reason: "left" | "lost" | "kicked" },
  step: Step,
): void {
  const { room, peerId } = session;
  room.members.delete(peerId);
  room.stays.end(peerId, step.at);
  state.away.delete(session);
  state.pendingChanges.delete(session);
  state.pendingReports.delete(session);
  state.moves.delete(session);
  const revision = room.nextRevision();
  broadcast(room, { type: "peer-left", revision, peerId, reason }, step);
  room.setHand(peerId, false);
  broadcastHands(room, step);
  if (room.members.size > 0) return broadcastRules(state, room, step);
  state.rooms.delete(room.name);
  state.keptRooms.keep({ room: room.name, rules: room.rules.toKept(step.at) }, step);
  step.emit({ kind: "unsubscribe", room: room.name });
}

/** Lets the grace period of every absent member last for at least `leftMs` from now on. */
export function extendGrace(
  state: CoreState,
  { now, leftMs }: { readonly now: number; readonly leftMs: number },
): void {
  const since = now + leftMs - serverLimits.awayMs;
  for (const session of state.away) session.awaySince = Math.max(session.awaySince, since);
}

/** Shows absences that last, and ends memberships whose grace period is over. */
export function tickAway(state: CoreState, step: Step): void {
  for (const session of state.away) {
    const { room, peerId } = session;
    const awayMs = step.now - session.awaySince;
    if (awayMs >= serverLimits.awayMs) {
      removeMember(state, { session, reason: "lost" }, step);
    } else if (awayMs >= awayShownMs && !session.isShownAway) {
      session.isShownAway = true;
      broadcast(room, { type: "peer-away", revision: room.nextRevision(), peerId }, step);
    }
  }
}
