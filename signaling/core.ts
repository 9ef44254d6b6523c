/**
 * The server's rules as a pure state machine: step(input) → effects, in order. Here: sockets, the one gate in front of
 * every message, rates and deadlines. Who hears what is in membership.ts.
 *
 * Invariants, each with a property test in tests/signaling/:
 *  1 a roster never holds its receiver        2 a peer's view (welcome ± joined/left) equals the members
 *  3 effects address only open sockets        4 signal and chat only between members of one room
 *  5 joined and left alternate per viewer     6 a room exists if and only if it has members
 *  7 all closed and grace over: nothing left  8 no input throws
 *  9 the sender on a relayed message is true  10 caps are never exceeded
 * 11 an expired timer never acts on a newer session
 * 12 a private line reaches its two people only        13 a line is changed by its author only
 * 14 without history nobody gets a line from before they came
 * 15 all members of a room were told the same raised hands in the same order, of members only
 */
import {
  type ClientMessage,
  type CloseReason,
  type Dialect,
  type ErrorCode,
  type Followed,
  type Join,
  limits,
  type PeerId,
  type ServerMessage,
  silentState,
} from "../protocol/mod.ts";
import type {
  Close,
  Connect,
  CoreOptions,
  Effect,
  Input,
  Insider,
  Moment,
  Receive,
  SocketId,
} from "./core_types.ts";
import { type LineRefusal, Membership } from "./membership.ts";
import type { Session } from "./room.ts";
import { Strikes, TokenBucket } from "./token_bucket.ts";

/** Close code of a socket that we cut because it did not read; see socket_pool.ts. */
const slowCode = 4008;

const refusals: Readonly<Record<LineRefusal, string>> = {
  "no-such-peer": "no such peer in this room",
  "no-such-line": "no line of yours that is kept has this ref",
  "no-private": "this peer's dialect knows no private lines",
};

interface SocketRecord {
  readonly socketId: SocketId;
  readonly address: string | undefined;
  /** The id its peer has or will have. */
  peerId: PeerId;
  /** Undefined until it joins, and after it left. */
  session: Session | undefined;
  spoke: boolean;
  /** When it connected, or left its room: the join deadline counts from here. */
  unjoinedSince: number;
  nextTick: number;
  readonly messages: TokenBucket;
  readonly chat: TokenBucket;
  readonly reactions: TokenBucket;
  readonly excesses: Strikes;
  readonly bad: Strikes;
}

/** All sockets, rooms and members of one node. */
export class Core {
  readonly #options: CoreOptions;
  readonly #membership: Membership;
  readonly #sockets = new Map<SocketId, SocketRecord>();
  readonly #creations = new Map<string, TokenBucket>();
  #effects: Effect[] = [];

  constructor(options: CoreOptions) {
    this.#options = options;
    this.#membership = new Membership(options, (effect) => this.#effects.push(effect));
  }

  /** Takes one input and returns what must be done about it, in order. */
  step(input: Input): Effect[] {
    this.#effects = [];
    switch (input.kind) {
      case "connect":
        this.#connect(input);
        break;
      case "message":
        this.#receive(input);
        break;
      case "close":
        this.#closed(input);
        break;
      case "tick":
        this.#tick(input);
        break;
      case "bus":
        this.#membership.fromBus(input.room, input.message);
        break;
      default:
        input satisfies never;
    }
    return this.#effects;
  }

  /** Rooms and peers now; away peers count. */
  count(): { rooms: number; peers: number } {
    return this.#membership.count();
  }

  /** Everything the core holds, for invariant 7 and leak tests. */
  sizes(): Readonly<Record<"sockets" | "rooms" | "away" | "untold" | "creations", number>> {
    const { size: creations } = this.#creations;
    return { sockets: this.#sockets.size, creations, ...this.#membership.sizes() };
  }

  /** Member ids of a room in join order; empty when there is no such room. */
  members(room: string): PeerId[] {
    return [...this.#membership.room(room)?.members.keys() ?? []];
  }

  /** Whose hands are up in a room, as its members were last told. */
  hands(room: string): readonly PeerId[] {
    return this.#membership.room(room)?.handsTold ?? [];
  }

  /** Who is in a room, for those who stand before it; nobody when there is no such room. Asking makes none. */
  inside(room: string): Insider[] {
    const members = this.#membership.room(room)?.members.values() ?? [];
    return [...members].map(({ peerId, name }) => ({ peerId, name }));
  }

  /** Whether this socket is a member of a room. */
  isJoined(socketId: SocketId): boolean {
    return this.#sockets.get(socketId)?.session !== undefined;
  }

  #connect({ socketId, peerId, address, now }: Connect): void {
    const { signalBurst, signalPerSecond, chatBurst, chatPerSecond } = limits;
    const { reactionBurst, reactionPerSecond } = limits;
    this.#sockets.set(socketId, {
      socketId,
      address,
      peerId,
      session: undefined,
      spoke: false,
      unjoinedSince: now,
      nextTick: now + limits.tickMs,
      messages: new TokenBucket({ burst: signalBurst, perSecond: signalPerSecond, now }),
      chat: new TokenBucket({ burst: chatBurst, perSecond: chatPerSecond, now }),
      reactions: new TokenBucket({ burst: reactionBurst, perSecond: reactionPerSecond, now }),
      excesses: new Strikes({ most: limits.rateExcesses, windowMs: limits.rateWindowMs }),
      bad: new Strikes({ most: limits.badMessages, windowMs: limits.badMessagesWindowMs }),
    });
  }

  #receive(input: Receive): void {
    const socket = this.#sockets.get(input.socketId);
    if (socket === undefined) return;
    socket.spoke = true;
    const { message, now } = input;
    const about = message?.type === "chat" || message?.type === "edit" ? message.ref : undefined;
    const bucket = message?.type === "react"
      ? socket.reactions
      : about === undefined
      ? socket.messages
      : socket.chat;
    // Its answer is a hundred times its size.
    const cost = message?.type === "join" ? limits.joinCost : 1;
    if (!bucket.take(now, cost)) {
      if (socket.excesses.add(now)) return this.#expel(socket, "rate");
      return this.#refuse(socket, { code: "rate", message: "too fast, slow down", about });
    }
    if (message === undefined) return this.#bad(socket, input);
    if (message.type === "join") return this.#join(socket, { ...input, message });
    if (message.type === "ping") {
      return this.#send(socket.socketId, { type: "tick", at: input.at });
    }
    if (socket.session === undefined) {
      return this.#refuse(socket, { code: "not-joined", message: `join before ${message.type}` });
    }
    this.#fromMember(socket, { ...input, message, session: socket.session });
  }

  /** Behind the one membership gate. */
  #fromMember(
    socket: SocketRecord,
    { message, session, now, at }: Moment & {
      message: Exclude<ClientMessage, { type: "join" | "ping" }>;
      session: Session;
    },
  ): void {
    switch (message.type) {
      case "leave":
        return this.#leave(socket, session, now);
      case "signal":
        if (this.#membership.relay(session, message)) return;
        // One answer for strangers, oneself and other rooms, so that nobody can probe who exists.
        return this.#refuse(socket, {
          code: "no-such-peer",
          message: refusals["no-such-peer"],
          about: message.to,
        });
      case "chat": {
        const { ref: about } = message;
        return this.#answer(socket, this.#membership.chat(session, message, { now, at }), about);
      }
      case "edit": {
        const { ref: about } = message;
        return this.#answer(socket, this.#membership.edit(session, message, { now, at }), about);
      }
      case "state":
        return this.#membership.setState(session, { state: message.state, now });
      case "rename":
        session.name = message.name;
        return this.#membership.tellChange(session, now);
      case "react":
        return this.#membership.react(session, message.reaction);
      case "report":
        return this.#membership.report(session, message, now);
      default:
        message satisfies never;
    }
  }

  #join(
    socket: SocketRecord,
    { message, dialect, now, at }: Moment & { message: Join; dialect: Dialect },
  ): void {
    const { name, room, state = silentState, resume, followed } = message;
    if (socket.session?.room.name === room) {
      // Who says nothing of what it has followed has all of it: it asks for the list.
      const { epoch, revision } = socket.session.room;
      const known = followed ?? { epoch, revision };
      return this.#membership.welcome(socket.session, { now, at, resumed: true, followed: known });
    }
    const read = resume === undefined ? undefined : this.#options.tokens.read(resume, at);
    const claims = read?.room === room ? read : undefined;
    const known = this.#membership.resumable(claims);
    if (known === undefined && !this.#admits(socket, room, now)) return;
    if (socket.session !== undefined) this.#leave(socket, socket.session, now);
    if (known !== undefined) return this.#resume(socket, known, { now, at, followed });
    const members = this.#membership.room(room)?.members;
    // An older token belongs to a copy of the tab, which comes in as somebody new.
    if (claims !== undefined && members?.has(claims.peerId) !== true) socket.peerId = claims.peerId;
    const { peerId, socketId } = socket;
    // Old tokens can bring one peer id into two rooms; where both meet, this socket starts anew.
    if (members?.has(peerId)) return this.#expel(socket, "state-gap");
    const peer = { peerId, name, state, dialect };
    socket.session = this.#membership.admit(peer, {
      room,
      socketId,
      now,
      at,
      claims,
      // Nobody without a token of this room can have followed it.
      followed: claims === undefined ? undefined : followed,
    });
  }

  /** The newest socket wins, even while the old one still looks open. */
  #resume(
    socket: SocketRecord,
    session: Session,
    { now, at, followed }: Moment & { followed: Followed | undefined },
  ): void {
    const older = session.socketId === undefined ? undefined : this.#sockets.get(session.socketId);
    if (older !== undefined) {
      older.session = undefined;
      this.#expel(older, "replaced");
    }
    socket.session = session;
    socket.peerId = session.peerId;
    this.#membership.resume(session, { socketId: socket.socketId, now, at, followed });
  }

  #admits(socket: SocketRecord, roomName: string, now: number): boolean {
    const room = this.#membership.room(roomName);
    if (room !== undefined && room.members.size >= this.#options.capacity) {
      this.#expel(socket, "full");
      return false;
    }
    if (room !== undefined || this.#mayCreate(socket.address, now)) return true;
    const message = "too many new rooms from this address, wait a minute";
    this.#refuse(socket, { code: "rooms-rate", message });
    return false;
  }

  #mayCreate(address: string | undefined, now: number): boolean {
    if (address === undefined) return true;
    let bucket = this.#creations.get(address);
    if (bucket === undefined) {
      const perSecond = limits.roomsPerMinute / 60;
      bucket = new TokenBucket({ burst: limits.roomsBurst, perSecond, now });
      this.#creations.set(address, bucket);
    }
    return bucket.take(now);
  }

  #leave(socket: SocketRecord, session: Session, now: number): void {
    socket.session = undefined;
    socket.unjoinedSince = now;
    this.#membership.remove(session, "left");
  }

  /** The socket is gone. Leaving is what a peer says; a lost one that can resume has its grace. */
  #closed({ socketId, code, now }: Close): void {
    const session = this.#forget(socketId);
    if (session === undefined) return;
    const lost = code === 0 || code === 1005 || code === 1006;
    if (lost && session.dialect === "parley") return this.#membership.lose(session, now);
    this.#membership.remove(session, lost || code === slowCode ? "lost" : "left");
  }

  #forget(socketId: SocketId): Session | undefined {
    const session = this.#sockets.get(socketId)?.session;
    this.#sockets.delete(socketId);
    return session;
  }

  #tick({ now, at }: Moment): void {
    const tick: ServerMessage = { type: "tick", at };
    for (const socket of this.#sockets.values()) {
      const deadline = socket.spoke ? limits.joinMs : limits.firstMessageMs;
      if (socket.session === undefined && now - socket.unjoinedSince >= deadline) {
        this.#expel(socket, "join-late");
      } else if (now >= socket.nextTick) {
        socket.nextTick = now + limits.tickMs;
        this.#send(socket.socketId, tick);
      }
      if (socket.session !== undefined) this.#membership.renewIce(socket.session, { now, at });
    }
    for (const [address, bucket] of this.#creations) {
      if (bucket.isFull(now)) this.#creations.delete(address);
    }
    this.#membership.tick(now);
  }

  #bad(socket: SocketRecord, { reason = "no message", now }: Receive): void {
    if (socket.bad.add(now)) return this.#expel(socket, "bad-messages");
    this.#refuse(socket, { code: "bad-message", message: reason });
  }

  /** Says why a line was not taken, if it was not. */
  #answer(socket: SocketRecord, code: LineRefusal | undefined, about: string): void {
    if (code !== undefined) this.#refuse(socket, { code, message: refusals[code], about });
  }

  #refuse(
    { socketId }: SocketRecord,
    { about, ...rest }: { code: ErrorCode; message: string; about?: string | undefined },
  ): void {
    const reply = { type: "error", ...rest } as const;
    this.#send(socketId, about === undefined ? reply : { ...reply, about });
  }

  /** Says why, closes the socket, and ends its membership at this very call. */
  #expel(socket: SocketRecord, reason: CloseReason): void {
    this.#refuse(socket, { code: reason, message: `closing: ${reason}` });
    this.#effects.push({ kind: "close", socketId: socket.socketId, reason });
    const session = this.#forget(socket.socketId);
    if (session !== undefined) this.#membership.remove(session, "lost");
  }

  #send(socketId: SocketId, message: ServerMessage): void {
    this.#effects.push({ kind: "send", socketId, message });
  }
}
