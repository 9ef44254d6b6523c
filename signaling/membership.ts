/**
 * Who is in which room, and who hears what. Knows sessions and socket ids, but no limits and no deadlines: those
 * are the core's. Every change of the roster goes through `admit`, `resume` and `remove`, nothing else.
 */
import {
  type ChatLine,
  limits,
  type Peer,
  type PeerId,
  type SendChat,
  type SendSignal,
  type ServerMessage,
} from "../protocol/mod.ts";
import type { CoreOptions, Effect, Moment, ResumeClaims, SocketId } from "./core_types.ts";
import { Room, Session } from "./room.ts";

/** A brief loss stays silent; one longer than this is shown to the others. */
const awayShownMs = 3_000;

/** All rooms of one node and their members. */
export class Membership {
  readonly #options: CoreOptions;
  readonly #emit: (effect: Effect) => void;
  readonly #rooms = new Map<string, Room>();
  readonly #away = new Set<Session>();
  /** Sessions with a change that waits for the next tick. */
  readonly #untold = new Set<Session>();

  constructor(options: CoreOptions, emit: (effect: Effect) => void) {
    this.#options = options;
    this.#emit = emit;
  }

  /** Rooms and peers now; away peers count. */
  count(): { rooms: number; peers: number } {
    let peers = 0;
    for (const room of this.#rooms.values()) peers += room.members.size;
    return { rooms: this.#rooms.size, peers };
  }

  /** What is held besides the members themselves. */
  sizes(): { rooms: number; away: number; untold: number } {
    return { rooms: this.#rooms.size, away: this.#away.size, untold: this.#untold.size };
  }

  room(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /**
   * The session a token vouches for, if its peer is still a member and the token is its newest or the one before: the
   * welcome that carried the newest may have been lost.
   */
  resumable(claims: ResumeClaims | undefined): Session | undefined {
    if (claims === undefined) return undefined;
    const known = this.#rooms.get(claims.room)?.members.get(claims.peerId);
    const isRecent = known !== undefined && claims.generation >= known.generation - 1;
    return isRecent ? known : undefined;
  }

  /** The origin's order: announce the newcomer, then add it, then send it the list. */
  admit(
    peer: Omit<Peer, "away">,
    { room: name, socketId, now, at }: Moment & { room: string; socketId: SocketId },
  ): Session {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = new Room(name);
      this.#rooms.set(name, room);
      this.#emit({ kind: "subscribe", room: name });
    }
    const session = new Session(peer, { room, socketId, now });
    this.#broadcast(room, { type: "peer-joined", peer: session.peer() });
    room.members.set(peer.peerId, session);
    this.welcome(session, { at });
    return session;
  }

  /** Tells a member who it is and who is there. `missed` marks a resume. */
  welcome(
    session: Session,
    { at, missed }: Pick<Moment, "at"> & { missed?: readonly ChatLine[] },
  ): void {
    const { peerId, name, room, generation } = session;
    this.#sendTo(session, {
      type: "welcome",
      peerId,
      room: room.name,
      name,
      roster: room.roster(peerId),
      resumed: missed !== undefined,
      resumeToken: this.#options.tokens.mint({
        peerId,
        room: room.name,
        generation,
        expires: at + limits.resumeTokenMs,
      }),
      iceServers: this.#options.iceServers,
      capacity: this.#options.capacity,
      missed: missed ?? [],
      at,
    });
  }

  /** The peer is back on a new socket and gets what it missed; the others hear nothing unless they saw it away. */
  resume(
    session: Session,
    { socketId, at, lastChat }: Pick<Moment, "at"> & {
      socketId: SocketId;
      lastChat: number | undefined;
    },
  ): void {
    const { room, peerId } = session;
    this.#away.delete(session);
    session.generation += 1;
    session.socketId = socketId;
    // Nobody gets what was said before they came.
    const after = Math.max(lastChat ?? Number.MAX_SAFE_INTEGER, session.lastLineBefore);
    this.welcome(session, { at, missed: room.linesAfter(after) });
    for (const held of session.takeHeld()) {
      if (room.members.has(held.from)) this.#sendTo(session, held);
    }
    if (!session.awayTold) return;
    session.awayTold = false;
    this.#broadcast(room, { type: "peer-back", peerId }, peerId);
  }

  /** The socket of a member that may come back is gone. */
  lose(session: Session, now: number): void {
    session.socketId = undefined;
    session.awaySince = now;
    this.#away.add(session);
  }

  /** Ends a membership; the only place that does. */
  remove(session: Session, reason: "left" | "lost" | "kicked"): void {
    const { room, peerId } = session;
    room.members.delete(peerId);
    this.#away.delete(session);
    this.#untold.delete(session);
    this.#broadcast(room, { type: "peer-left", peerId, reason });
    if (room.members.size > 0) return;
    this.#rooms.delete(room.name);
    this.#emit({ kind: "unsubscribe", room: room.name });
  }

  /** Relays one signal; false when there is no such other member in the sender's room. */
  relay(from: Session, { to, signal }: SendSignal): boolean {
    const target = to === from.peerId ? undefined : from.room.members.get(to);
    if (target !== undefined) {
      this.#sendTo(target, { type: "signal", from: from.peerId, signal });
    }
    return target !== undefined;
  }

  /** Gives a line its order and tells it to everybody, its sender included. */
  chat(from: Session, { ref, text }: SendChat, at: number): void {
    const sent = from.lineOf(ref);
    // A line sent again after a loss: its echo is the receipt, the others have it.
    if (sent !== undefined) return this.#sendTo(from, { type: "chat", line: sent });
    const line = from.room.addLine({ from, ref, text, at });
    from.rememberLine(line);
    this.#broadcast(from.room, { type: "chat", line });
  }

  /** Tells the others a new name or state, now or, when that would be too often, with a later tick. */
  tellChange(session: Session, now: number): void {
    if (!session.mayTell(now)) {
      this.#untold.add(session);
      return;
    }
    this.#untold.delete(session);
    const { peerId, name, state } = session;
    this.#broadcast(session.room, { type: "peer-changed", peerId, name, state }, peerId);
  }

  /** Shows and ends absences, tells what waited. */
  tick(now: number): void {
    for (const session of this.#away) this.#tickAway(session, now);
    for (const session of this.#untold) this.tellChange(session, now);
  }

  /** Passes on what another node says of a room that has members here. */
  fromBus(roomName: string, message: ServerMessage): void {
    for (const member of this.#rooms.get(roomName)?.members.values() ?? []) {
      this.#sendTo(member, message);
    }
  }

  #tickAway(session: Session, now: number): void {
    const awayMs = now - session.awaySince;
    if (awayMs >= limits.awayMs) return this.remove(session, "lost");
    if (awayMs < awayShownMs || session.awayTold) return;
    session.awayTold = true;
    const { room, peerId } = session;
    this.#broadcast(room, { type: "peer-away", peerId }, peerId);
  }

  #broadcast(room: Room, message: ServerMessage, except?: PeerId): void {
    for (const member of room.members.values()) {
      if (member.peerId !== except) this.#sendTo(member, message);
    }
    this.#emit({ kind: "publish", room: room.name, message });
  }

  #sendTo(session: Session, message: ServerMessage): void {
    const { socketId } = session;
    if (socketId !== undefined) this.#emit({ kind: "send", socketId, message });
    // Everything else an away peer misses is in its next welcome.
    else if (message.type === "signal") session.hold(message);
  }
}
