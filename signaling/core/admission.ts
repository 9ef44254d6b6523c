/** How a client becomes a member: as a newcomer, by resuming, or from the lobby. */
import {
  type Join,
  type PeerId,
  type SealedJoin,
  type SealedPeer,
  silentState,
} from "../../protocol/mod.ts";
import type { CoreOptions, Guess, ResumeClaims, Step } from "./core_types.ts";
import { ringForEntry } from "./doorbell.ts";
import { knock, leaveLobby, sendKnocks } from "./lobby.ts";
import { addMember, findResumable, resumeMember } from "./membership.ts";
import { hasMovedOn } from "./moves.ts";
import { promote, restoreFounding } from "./ownership.ts";
import type { Room, Session } from "./room.ts";
import type { Credentials } from "./room_rules.ts";
import { refuse } from "./send.ts";
import { type LinkRefusal, linkRefusal, setSealed } from "./sealed.ts";
import { disconnect, leave } from "./sockets.ts";
import type { CoreState } from "./state.ts";
import { tellHours } from "./closing.ts";
import { type JoinRequest, wantedId } from "./waiting_clients.ts";
import { welcome } from "./welcome.ts";

/** By how much another socket must be newer, ms: ages do not count the ways between nodes. */
const crossedMs = 2_000;

/** Why a client may not join. */
type Refusal =
  | LinkRefusal
  | "full"
  | "banned"
  | "locked"
  | "hours"
  | "password"
  | "guesses"
  | "overload";

/** Handles a join, whether it just came or waited in the lobby. */
export function join(state: CoreState, request: JoinRequest, step: Step): void {
  const { socket, message } = request;
  leaveLobby(state, socket);
  if (state.options.admission === "off") return disconnect(state, { socket, reason: "off" }, step);
  const presented = readCredentials(state.options, request, step.at);
  const credentials = withoutRemoved(state, presented);
  if (socket.session?.room.name === message.room) {
    const reason = kindRefusal(socket.session, message);
    if (reason !== undefined) return disconnect(state, { socket, reason }, step);
    rejoin(state, { request, session: socket.session }, step);
  } else {
    if (hasMovedOn(state, credentials.claims)) {
      return disconnect(state, { socket, reason: "replaced" }, step);
    }
    const known = findResumable(state, credentials.claims);
    if (known === undefined && !admits(state, { request, credentials: presented }, step)) return;
    if (socket.session !== undefined) leave(state, { socket, session: socket.session }, step);
    if (known === undefined) enter(state, { request, credentials }, step);
    else resume(state, { request, session: known, device: credentials.claims?.device ?? 0 }, step);
  }
  if (socket.session !== undefined) {
    greetOwner(state, { session: socket.session, credentials }, step);
  }
}

/**
 * At the end of a step: retries the waiting clients of changed rooms, and sends owners who waits.
 */
export function settleLobbies(state: CoreState, step: Step): void {
  for (const room of state.changedLobbies) {
    for (const client of state.waiting.in(room)) {
      const credentials = readCredentials(state.options, client, step.at);
      const refusal = refusalFor(state, { request: client, credentials }, step);
      // A full room may have a free place again before an owner answers.
      if (refusal !== "knock" && refusal !== "full") join(state, client, step);
    }
    sendKnocks(state, room, step);
  }
  state.changedLobbies.clear();
}

/** The credentials in a join that are valid for its room. */
function readCredentials(
  { tokens }: CoreOptions,
  { socket, message, guess, admitted = false }: JoinRequest,
  at: number,
): Credentials {
  const { room, resume, ownerKey, invite, sealed } = message;
  const claims = resume === undefined ? undefined : tokens.resume.read(resume, at);
  const key = ownerKey === undefined ? undefined : tokens.ownerKey.read(ownerKey, at);
  const invited = invite === undefined ? undefined : tokens.invite.read(invite, at);
  return {
    claims: isOf(claims, { room, sealed }) ? claims : undefined,
    key: key?.room === room ? key : undefined,
    invite: invited?.room === room ? invited : undefined,
    password: guess?.kind === "right" ? guess.password : undefined,
    address: socket.address,
    admitted,
  };
}

/** Whether a token is of this room. An id that a peer chose is valid in sealed rooms only. */
function isOf(
  claims: ResumeClaims | undefined,
  { room, sealed }: Pick<Join, "room" | "sealed">,
): claims is ResumeClaims {
  return claims?.room === room && (claims.chosenAt !== undefined) === (sealed !== undefined);
}

/** Credentials without the resume token of a member that was removed. */
function withoutRemoved(state: CoreState, credentials: Credentials): Credentials {
  const { claims } = credentials;
  const isRemoved = claims !== undefined &&
    state.rooms.get(claims.room)?.rules.isRemoved(claims.peerId) === true;
  return isRemoved ? { ...credentials, claims: undefined } : credentials;
}

/** Why a newcomer may not join, or that it has to knock; undefined: it may join. */
function refusalFor(
  state: CoreState,
  { request: { message, guess }, credentials }: { request: JoinRequest; credentials: Credentials },
  step: Step,
): Refusal | "knock" | undefined {
  const { capacity: capacityMost, startedAt } = state.options;
  const room = state.rooms.get(message.room);
  const door = room === undefined ? state.keptRules(message.room, step.at)?.door : room.door;
  // Whether a room without members is sealed is not decided, unless its link was changed.
  const isDecided = room !== undefined || door !== undefined;
  const misfit = isDecided ? linkRefusal(door, message.sealed) : undefined;
  if (misfit !== undefined) return misfit;
  const { claims } = credentials;
  if (claims !== undefined && room?.rules.isInterrupted(claims, startedAt)) {
    restoreFounding(state, { room, claims }, step);
  }
  const rules = state.rules(message.room, step.at);
  const refusal = rules?.refusal(credentials, step.at);
  if (refusal === "password") return uncheckedReason(guess) ?? refusal;
  if (refusal !== undefined && refusal !== "knock") return refusal;
  const capacity = rules?.capacity(capacityMost) ?? capacityMost;
  // Owners have one more place, so that others cannot fill the room and keep its owner out.
  const places = rules?.isOwner(credentials) ? capacity + 1 : capacity;
  return (room?.members.size ?? 0) >= places ? "full" : refusal;
}

/** Why a password was not checked; undefined: it was, or there was none. */
function uncheckedReason(guess: Guess | undefined): "guesses" | "overload" | undefined {
  if (guess?.kind === "too-soon") return "guesses";
  return guess?.kind === "overload" ? "overload" : undefined;
}

/** Whether a newcomer may join now; if not, it is disconnected, refused, or waits in the lobby. */
function admits(
  state: CoreState,
  { request, credentials }: { request: JoinRequest; credentials: Credentials },
  step: Step,
): boolean {
  const { socket, message: { room } } = request;
  const refusal = state.options.admission === "overload"
    ? "overload"
    : refusalFor(state, { request, credentials }, step);
  if (refusal === "knock") {
    enterLobby(state, request, step);
    return false;
  }
  if (refusal === "hours") tellHours(state, { socket, room }, step);
  if (refusal !== undefined) {
    // Pages that do not know hours would come again and again after an unknown reason.
    disconnect(state, { socket, reason: refusal === "hours" ? "locked" : refusal }, step);
    return false;
  }
  if (state.rooms.has(room) || state.newRooms.take(socket.address, step.now)) return true;
  const message = "too many new rooms from this address, wait a minute";
  refuse(socket, { code: "rooms-rate", message }, step);
  return false;
}

function enterLobby(state: CoreState, request: JoinRequest, step: Step): void {
  const { socket, message, dialect, guess } = request;
  if (socket.session !== undefined) leave(state, { socket, session: socket.session }, step);
  // An old token can give two sockets the same peer id; in the lobby, too, the newest wins.
  const twin = state.waiting.find(message.room, wantedId(request));
  if (twin !== undefined) disconnect(state, { socket: twin.socket, reason: "replaced" }, step);
  const isWaiting = knock(state, { socket, message, dialect, guess }, step);
  if (!isWaiting) disconnect(state, { socket, reason: "full" }, step);
}

function enter(
  state: CoreState,
  { request, credentials }: { request: JoinRequest; credentials: Credentials },
  step: Step,
): void {
  const { socket, dialect, message } = request;
  const { name, room, state: shown = silentState, followed, sealed } = message;
  const { claims } = credentials;
  const known = state.rooms.get(room);
  // An older token belongs to a copy of the tab, which joins as a new peer.
  const isFree = claims !== undefined && known?.members.has(claims.peerId) !== true;
  const peerId = isFree ? claims.peerId : wantedId(request);
  // Old tokens can bring one peer id into two rooms; if both meet, this socket must start over. So
  // must one that chose the id of another.
  const isTaken = known?.members.has(peerId) === true ||
    sealed !== undefined && !isFree && known !== undefined && isUsed(known, peerId);
  if (isTaken) return disconnect(state, { socket, reason: "state-gap" }, step);
  // The socket takes no chosen id with it into an open room.
  if (sealed === undefined) socket.peerId = peerId;
  socket.session = addMember(state, {
    peer: { peerId, name, state: shown, dialect, ...sealed && { sealed: textsOf(sealed) } },
    room,
    door: sealed?.door,
    socket,
    credentials,
    // Without a token of this room, a client cannot have followed it.
    followed: claims === undefined ? undefined : followed,
  }, step);
  if (known === undefined) ringForEntry(socket.session, step);
}

/** Whether an id is that of a former member who has left lines or was removed. */
function isUsed({ chat, rules }: Room, peerId: PeerId): boolean {
  return chat.hasLinesOf(peerId) || rules.isRemoved(peerId);
}

function textsOf({ hello, card }: SealedJoin): SealedPeer {
  return { hello, card };
}

/**
 * The newest socket wins, even while the older one still looks open. In a cluster two joins may
 * have crossed on their ways: then the one that came last is not the newest.
 */
function resume(
  state: CoreState,
  { request: { socket, message }, session, device }: {
    request: JoinRequest;
    session: Session;
    device: number;
  },
  step: Step,
): void {
  const older = session.socketId === undefined ? undefined : state.sockets.get(session.socketId);
  const isSameDevice = device === session.device;
  if (isSameDevice && older !== undefined && older.openedAt - socket.openedAt > crossedMs) {
    return disconnect(state, { socket, reason: "replaced" }, step);
  }
  if (older !== undefined) {
    older.session = undefined;
    disconnect(state, { socket: older, reason: "replaced" }, step);
  }
  socket.session = session;
  const { peerId } = session;
  const { sealed } = message;
  if (sealed === undefined) socket.peerId = peerId;
  else setSealed(state, { session, sealed }, { ...step, except: peerId });
  resumeMember(state, { session, socket, followed: message.followed, device }, step);
}

/**
 * Why a member may not join its room again. It may have the link from before a change, but not one
 * of the other kind.
 */
function kindRefusal(member: Session, { sealed }: Join): LinkRefusal | undefined {
  if ((sealed === undefined) === (member.sealed === undefined)) return undefined;
  return sealed === undefined ? "sealed" : "unsealed";
}

/** A member that joins its room again is sent a new welcome, and the others its new hello. */
function rejoin(
  state: CoreState,
  { request: { message }, session }: { request: JoinRequest; session: Session },
  step: Step,
): void {
  const { sealed } = message;
  if (sealed !== undefined) {
    setSealed(state, { session, sealed }, { ...step, except: session.peerId });
  }
  // Without `followed` it wants the roster only: it has the whole chat.
  const { epoch, revision } = session.room;
  const followed = message.followed ?? { epoch, revision };
  welcome(state, { session, resumed: true, followed }, step);
}

/** Makes a member an owner if its credentials say so, and sends an owner who waits. */
function greetOwner(
  state: CoreState,
  { session, credentials }: { session: Session; credentials: Credentials },
  step: Step,
): void {
  const { room } = session;
  if (room.rules.isOwner(credentials)) promote(state, session, step);
  // At the end of this step, when those whose link does not fit are refused.
  if (session.isOwner && state.waiting.in(room.name).length > 0) {
    state.changedLobbies.add(room.name);
  }
}
