/**
 * The server's rules as a state machine without input and output: `step(state, input)` returns the
 * effects, in order. Every function of the core takes the state, what it acts on, and the step (its
 * clocks and where effects go). Here: one case for each input and for each message, the membership
 * check in front of all messages, rates and deadlines.
 *
 * Invariants, each with a property test in tests/signaling/core/:
 *  1 a roster never contains its receiver
 *  2 what a peer was sent (welcome, then joined and left) equals the members
 *  3 effects name only open sockets
 *  4 signals and chat stay between members of one room
 *  5 for each viewer, joined and left of a peer alternate
 *  6 a room exists if and only if it has members
 *  7 after all sockets closed and all grace periods, nothing is left
 *  8 no input throws
 *  9 the sender in a relayed message is true
 * 10 limits are never exceeded
 * 11 an expired timer never acts on a newer session
 * 12 a private line reaches its author and its receiver only
 * 13 a line is changed by its author only, or deleted by an owner who may read it
 * 14 without history, no peer gets a line from before it joined
 * 15 all members of a room were sent the same raised hands in the same order, of members only
 * 16 all members of a room were sent the same rules and owners; only owners change them, or remove
 *    a member
 * 17 only owners and former members can join a locked room
 * 18 only the owners of a room are sent who waits in its lobby
 * 19 a room is sealed or open as long as it has members, and so are all of them and all who wait
 * 20 all members of a sealed room know its door; only an owner changes it, from the present one,
 *    and newcomers need it
 * 21 all members of a sealed room were sent the newest hello of every other, and the newest card
 *    as soon as its rate allows; they are sent no name, state or line that is not sealed
 * 22 a bell rings only while no owner is in its room, and names nobody of a sealed room
 * 23 a code is claimed once and within its time, and after a move no device from before resumes
 * 24 all members of a room were sent the same taken rights and lent ownerships, of members only;
 *    only owners change them, and nothing is taken from an owner
 * 25 who is an owner for the call only is sent neither an owner key nor an owner's invite
 * 26 the stays without an end are those of the members
 * 27 reactions and the pinned line go to those who may read the line, in the name of who reacted;
 *    only owners pin while one is in the room; what a member was sent and what it gets when it
 *    asks are the same
 */
import { limits, serverLimits } from "../../protocol/mod.ts";
import type { PowerMessage } from "../../protocol/powers.ts";
import { administrate } from "./administration.ts";
import { join, settleLobbies } from "./admission.ts";
import { editChat, sendChat } from "./chat.ts";
import { tickClosing } from "./closing.ts";
import type {
  Effect,
  Incoming,
  IncomingSignal,
  Input,
  Outgoing,
  Receive,
  Step,
} from "./core_types.ts";
import { leaveLobby } from "./lobby.ts";
import { handleMark, tickPin } from "./marks.ts";
import { tickAway } from "./membership.ts";
import { moderate } from "./moderation.ts";
import { cancelMove, claimMove, offerMove, tickMoves } from "./moves.ts";
import { tickOwnership } from "./ownership.ts";
import { broadcastChange, broadcastReport, setState, tickPresence } from "./presence.ts";
import { isPowerMessage, usePower } from "./powers.ts";
import { answer, refOf, refuseBadMessage, refuseForRate } from "./refusals.ts";
import type { Session } from "./room.ts";
import { handleSealed, misfit } from "./sealed.ts";
import { broadcast, refuse, sendTo } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import { connect, disconnect, handleClose, leave } from "./sockets.ts";
import type { CoreState } from "./state.ts";
import { renewIce } from "./welcome.ts";

/** A message of a member, after the membership check. */
interface FromMember {
  readonly socket: SocketRecord;
  readonly session: Session;
  readonly message: Exclude<Incoming, { type: "join" | "ping" | "claim-move" }>;
}

/** Handles one input and returns what must be done about it, in order. Changes the state. */
export function step(state: CoreState, input: Input): Effect[] {
  const effects: Effect[] = [];
  const { now, at } = input;
  const current: Step = { now, at, emit: (effect) => effects.push(effect) };
  switch (input.kind) {
    case "connect":
      connect(state, input);
      break;
    case "message":
      receive(state, input, current);
      break;
    case "close":
      handleClose(state, input, current);
      break;
    case "tick":
      tick(state, current);
      break;
    case "command":
      administrate(state, input, current);
      break;
    default:
      input satisfies never;
  }
  settleLobbies(state, current);
  return effects;
}

function receive(state: CoreState, input: Receive, step: Step): void {
  const socket = state.sockets.get(input.socketId);
  if (socket === undefined) return;
  socket.hasSent = true;
  handleFrame(state, { socket, input }, step);
  // Last, because other messages have priority over delayed signals.
  relayDelayed(socket, step);
}

/** Applies the rates to a frame, and the membership check to a message. */
function handleFrame(
  state: CoreState,
  { socket, input }: { socket: SocketRecord; input: Receive },
  step: Step,
): void {
  const { message, dialect, guess } = input;
  switch (socket.checkRate(message, step.now)) {
    case "delayed":
      // Sent once; the sender decides whether to slow down.
      if (socket.delayedCount > 1) return;
      return refuse(socket, { code: "rate", message: "signals come too fast, delayed" }, step);
    case "flood":
      return disconnect(state, { socket, reason: "rate" }, step);
    case "refused":
      return refuseForRate(state, { socket, message }, step);
    case "now":
      break;
  }
  if (message === undefined) return refuseBadMessage(state, { socket, input }, step);
  if (message.type === "join") return join(state, { socket, message, dialect, guess }, step);
  if (message.type === "ping") {
    return step.emit({
      kind: "send",
      socketId: socket.socketId,
      message: { type: "tick", at: step.at },
    });
  }
  if (message.type === "claim-move") return claimMove(state, { socket, message }, step);
  if (message.type === "leave") leaveLobby(state, socket);
  const { session } = socket;
  if (session === undefined) {
    const text = `join before ${message.type}`;
    return refuse(socket, { code: "not-joined", message: text }, step);
  }
  handleFromMember(state, { socket, session, message }, step);
}

function handleFromMember(
  state: CoreState,
  { socket, session, message }: FromMember,
  step: Step,
): void {
  const text = misfit(session, message.type);
  if (text !== undefined) {
    return refuse(socket, { code: "not-allowed", message: text, about: refOf(message) }, step);
  }
  if (isPowerMessage(message)) {
    const refusal = usePower(state, { session, message }, step);
    const about = "peerId" in message ? message.peerId : refOf(message);
    return answer(socket, { refusal, about }, step);
  }
  handleFitting(state, { socket, session, message }, step);
}

/** A message that fits the kind of room. */
function handleFitting(
  state: CoreState,
  { socket, session, message }: {
    readonly socket: SocketRecord;
    readonly session: Session;
    readonly message: Exclude<FromMember["message"], PowerMessage>;
  },
  step: Step,
): void {
  switch (message.type) {
    case "leave":
      return leave(state, { socket, session }, step);
    case "signal":
      return relay(message, { socket, session }, step);
    case "chat": {
      const refusal = sendChat(session, message, step);
      return answer(socket, { refusal, about: message.ref }, step);
    }
    case "edit": {
      const refusal = editChat(session, message, step);
      return answer(socket, { refusal, about: message.ref }, step);
    }
    case "state":
      return setState(state, { session, wanted: message.state }, step);
    case "rename":
      session.name = message.name;
      session.room.stays.rename(session);
      return broadcastChange(state, session, step);
    case "react": {
      const { room, peerId } = session;
      return broadcast(room, { type: "reaction", peerId, reaction: message.reaction }, step);
    }
    case "report":
      session.links = message.links;
      return broadcastReport(state, session, step);
    case "offer-move":
      return offerMove(state, { session, message }, step);
    case "cancel-move":
      return cancelMove(state, session);
    case "mark":
    case "pin":
    case "ask-marks":
      return answer(socket, { refusal: handleMark(session, message, step) }, step);
    case "card":
    case "hello":
    case "sealed-line":
    case "note":
    case "change-door": {
      const refusal = handleSealed(state, { session, message }, step);
      return answer(socket, { refusal, about: refOf(message) }, step);
    }
    default: {
      const refusal = moderate(state, { session, message }, step);
      const about = message.type === "remove" ? message.peerId : undefined;
      return answer(socket, { refusal, about }, step);
    }
  }
}

/** Relays a signal to another member of the sender's room, unread. */
function relay(
  { to, body }: IncomingSignal,
  { socket, session }: { socket: SocketRecord; session: Session },
  step: Step,
): void {
  const { room, peerId: from } = session;
  const receiver = to === from ? undefined : room.members.get(to);
  if (receiver !== undefined) return sendTo(receiver, { type: "signal", from, body }, step);
  // The same answer for strangers, the sender and other rooms, so that nobody can probe who exists.
  answer(socket, { refusal: "no-such-peer", about: to }, step);
}

function relayDelayed(socket: SocketRecord, step: Step): void {
  const { session } = socket;
  if (session === undefined || socket.delayedCount === 0) return;
  for (const message of socket.takeDelayed(step.now)) relay(message, { socket, session }, step);
}

function tick(state: CoreState, step: Step): void {
  if (state.options.admission === "off") {
    for (const socket of [...state.sockets.values()]) {
      disconnect(state, { socket, reason: "off" }, step);
    }
  }
  const message: Outgoing = { type: "tick", at: step.at };
  // A getter, and this loop may run 10,000 times.
  const { renewMs } = state.options.ice;
  for (const socket of state.sockets.values()) {
    const { socketId, session } = socket;
    relayDelayed(socket, step);
    if (isJoinLate(socket, step)) {
      disconnect(state, { socket, reason: "join-late" }, step);
    } else if (step.now >= socket.nextTick) {
      socket.nextTick = step.now + serverLimits.tickMs;
      step.emit({ kind: "send", socketId, message });
    }
    if (renewMs === undefined || session === undefined) continue;
    if (step.now - session.iceSince >= renewMs) renewIce(state, session, step);
  }
  state.newRooms.tick(step.now);
  for (const room of state.rooms.values()) {
    room.chat.tick(step.now);
    tickPin(room, step);
  }
  tickOwnership(state, step);
  tickClosing(state, step);
  tickAway(state, step);
  tickPresence(state, step);
  tickMoves(state, step);
}

function isJoinLate(socket: SocketRecord, { now }: Step): boolean {
  if (socket.session !== undefined || socket.waitsFor !== undefined) return false;
  return now - socket.unjoinedSince >=
    (socket.hasSent ? serverLimits.joinMs : limits.firstMessageMs);
}
