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
 * 16 all members of a room were told the same rules and owners; only an owner changes them or takes somebody out
 * 17 nobody but owners and former members comes into a locked room
 * 18 owners, and nobody else, were told who waits in the lobby of their room
 */
import {
  type CloseReason,
  type ErrorCode,
  limits,
  type PeerId,
  type Rules,
} from "../../protocol/mod.ts";
import { Admission } from "./admission.ts";
import type {
  Close,
  Connect,
  CoreOptions,
  Effect,
  Incoming,
  Input,
  Insider,
  Moment,
  Outgoing,
  Receive,
  RoomView,
  SocketId,
} from "./core_types.ts";
import { Lobby } from "./lobby.ts";
import { type LineRefusal, Membership } from "./membership.ts";
import { Orders } from "./administration.ts";
import { Moderation, type ModerationRefusal, type RemovalReason } from "./moderation.ts";
import type { Session } from "./room.ts";
import { SocketRecord } from "./socket_record.ts";

/** Close code of a socket that we cut because it did not read; see socket_pool.ts. */
const slowCode = 4008;

const refusals: Readonly<Record<LineRefusal | ModerationRefusal, string>> = {
  "not-owner": "only an owner of the room may do that",
  "not-allowed": "the owners of the room have reserved that for themselves",
  "too-many": "the limit is reached",
  "no-such-peer": "no such peer in this room",
  "no-such-line": "no kept line of yours has this ref",
  "no-private": "this peer's client does not support private lines",
};

type Held = "sockets" | "rooms" | "away" | "untold" | "kept" | "creations" | "waiting";

/** All sockets, rooms and members of one node. */
export class Core {
  readonly #options: CoreOptions;
  readonly #membership: Membership;
  readonly #lobby: Lobby;
  readonly #admission: Admission;
  readonly #moderation: Moderation;
  readonly #orders: Orders;
  readonly #sockets = new Map<SocketId, SocketRecord>();
  #effects: Effect[] = [];
  /** Of the input that is being handled. */
  #moment: Moment = { now: 0, at: 0 };

  constructor(options: CoreOptions) {
    this.#options = options;
    this.#membership = new Membership(options, {
      emit: (effect) => this.#effects.push(effect),
      changed: (room) => this.#lobby.markChanged(room),
    });
    const membership = this.#membership;
    this.#lobby = new Lobby(options, {
      membership,
      send: (socketId, message) => this.#send(socketId, message),
      retry: (waiting) => this.#admission.retry(waiting, this.#moment),
    });
    this.#admission = new Admission({
      membership,
      lobby: this.#lobby,
      socketOf: (socketId) => this.#sockets.get(socketId),
      disconnect: (socket, reason) => this.#disconnect(socket, reason),
      refuse: (socket, refusal) => this.#refuse(socket, refusal),
      admission: () => options.admission,
      leave: (socket, session) => this.#leave(socket, session),
    });
    this.#orders = new Orders({
      membership,
      takeOut: (session, reason) => this.#takeOut(session, reason),
    });
    this.#moderation = new Moderation({
      membership,
      lobby: this.#lobby,
      takeOut: (session, reason) => this.#takeOut(session, reason),
      answer: (waiting, admit) =>
        admit
          ? this.#admission.admit(waiting, this.#moment)
          : this.#disconnect(waiting.socket, "refused"),
      capacityMost: () => options.capacity,
    });
  }

  /** Takes one input and returns what must be done about it, in order. */
  step(input: Input): Effect[] {
    this.#effects = [];
    this.#moment = { now: input.now, at: input.at };
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
      case "order":
        this.#orders.handle(input.room, input);
        break;
      case "bus":
        this.#membership.fromBus(input.room, input.message);
        break;
      default:
        input satisfies never;
    }
    this.#lobby.settle(input.at);
    return this.#effects;
  }

  /** Rooms and peers now; away peers count. */
  count(): { rooms: number; peers: number } {
    return this.#membership.count();
  }

  /** Everything the core holds, for invariant 7 and leak tests. */
  sizes(): Readonly<Record<Held, number>> {
    const { creations } = this.#admission;
    const { waiting } = this.#lobby;
    return { sockets: this.#sockets.size, creations, waiting, ...this.#membership.sizes() };
  }

  /** Member ids of a room in join order; empty when there is no such room. */
  members(room: string): PeerId[] {
    return [...this.#membership.room(room)?.members.keys() ?? []];
  }

  /** Whose hands are up in a room, as its members were last told. */
  hands(room: string): readonly PeerId[] {
    return this.#membership.room(room)?.handsTold ?? [];
  }

  /** What the owners of a room decided and who they are, as its members were last told; undefined: it has none. */
  rules(room: string): Rules | undefined {
    return this.#membership.room(room)?.rulesTold;
  }

  /** Names of all rooms that have members or rules. */
  rooms(): string[] {
    return this.#membership.names();
  }

  /** A room as the administration sees it; undefined: there is nothing of it. `at`: ms since the epoch. */
  view(name: string, at: number): RoomView | undefined {
    const rules = this.#membership.rules(name, at);
    if (rules === undefined) return undefined;
    const { ownership } = this.#membership;
    const room = this.#membership.room(name);
    const owners = room?.owners.map(({ peerId }) => peerId) ?? [];
    const { type: _, ...told } = rules.told({ owners, capacityMost: this.#options.capacity });
    return {
      name,
      rules: told,
      peers: [...room?.members.values() ?? []]
        .map((member) => ({ ...member.peer(), owner: member.isOwner })),
      invites: ownership.invitesOf(name, { rules, at }),
      ownerKey: ownership.keyOf(name, { rules, at }),
    };
  }

  /** The password that newcomers must say, as it is kept. `at`: ms since the epoch. */
  passwordOf(room: string, at: number): string | undefined {
    return this.#membership.rules(room, at)?.password;
  }

  /**
   * Who is in a room, for those who stand before it; nobody when there is no such room, undefined when not everybody may
   * come in. Asking makes none. `at`: ms since the epoch.
   */
  inside(room: string, at: number): Insider[] | undefined {
    if (this.#membership.rules(room, at)?.isClosed) return undefined;
    const members = this.#membership.room(room)?.members.values() ?? [];
    return [...members].map(({ peerId, name }) => ({ peerId, name }));
  }

  /** Whether this socket is a member of a room. */
  isJoined(socketId: SocketId): boolean {
    return this.#sockets.get(socketId)?.session !== undefined;
  }

  #connect({ socketId, peerId, address, now }: Connect): void {
    this.#sockets.set(socketId, new SocketRecord({ socketId, peerId, address, now }));
  }

  #receive(input: Receive): void {
    const socket = this.#sockets.get(input.socketId);
    if (socket === undefined) return;
    socket.spoke = true;
    this.#handle(socket, input);
    // Afterwards, so that what is no signal comes first.
    this.#relayDelayed(socket, input);
  }

  #handle(socket: SocketRecord, input: Receive): void {
    const { message, now } = input;
    const admission = socket.admit(message, now);
    if (admission === "delayed") {
      // Said once; to slow down is up to the sender.
      if (socket.delayed.size > 1) return;
      return this.#refuse(socket, { code: "rate", message: "signals come too fast, delayed" });
    }
    if (admission === "flood") return this.#disconnect(socket, "rate");
    if (admission === "refused") {
      const about = message?.type === "chat" || message?.type === "edit" ? message.ref : undefined;
      if (socket.excesses.add(now)) return this.#disconnect(socket, "rate");
      return this.#refuse(socket, { code: "rate", message: "too fast, slow down", about });
    }
    if (message === undefined) return this.#handleBadMessage(socket, input);
    if (message.type === "join") return this.#admission.join(socket, { ...input, message });
    if (message.type === "ping") {
      return this.#send(socket.socketId, { type: "tick", at: input.at });
    }
    if (message.type === "leave") this.#lobby.withdraw(socket);
    if (socket.session === undefined) {
      return this.#refuse(socket, { code: "not-joined", message: `join before ${message.type}` });
    }
    this.#handleFromMember(socket, { ...input, message, session: socket.session });
  }

  #relayDelayed(socket: SocketRecord, { now, at }: Moment): void {
    const { session } = socket;
    if (session === undefined) return;
    for (const message of socket.due(now)) {
      this.#handleFromMember(socket, { message, session, now, at });
    }
  }

  /** Behind the one membership gate. */
  #handleFromMember(
    socket: SocketRecord,
    { message, session, now, at }: Moment & {
      message: Exclude<Incoming, { type: "join" | "ping" }>;
      session: Session;
    },
  ): void {
    switch (message.type) {
      case "leave":
        return this.#leave(socket, session);
      case "signal":
        if (this.#membership.relay(session, message)) return;
        // One answer for strangers, the sender and other rooms, so that nobody can probe who exists.
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
      default: {
        const about = message.type === "remove" ? message.peerId : undefined;
        return this.#answer(socket, this.#moderation.handle(session, { message, now, at }), about);
      }
    }
  }

  /** Ends a membership by order of an owner. */
  #takeOut(session: Session, reason: RemovalReason): void {
    const { socketId } = session;
    const socket = socketId === undefined ? undefined : this.#sockets.get(socketId);
    if (socket === undefined) {
      this.#membership.remove(session, { reason: "kicked", at: this.#moment.at });
    } else this.#disconnect(socket, reason, "kicked");
  }

  #leave(socket: SocketRecord, session: Session): void {
    const { now, at } = this.#moment;
    socket.session = undefined;
    socket.delayed.clear();
    socket.unjoinedSince = now;
    this.#membership.remove(session, { reason: "left", at });
  }

  /** The socket is gone. A peer leaves by saying so; a lost one that can resume has a grace period. */
  #closed({ socketId, code, now, at }: Close): void {
    const session = this.#forget(socketId);
    if (session === undefined) return;
    const lost = code === 0 || code === 1005 || code === 1006;
    if (lost && session.dialect === "parley") return this.#membership.lose(session, now);
    const reason = lost || code === slowCode ? "lost" : "left";
    this.#membership.remove(session, { reason, at });
  }

  #forget(socketId: SocketId): Session | undefined {
    const socket = this.#sockets.get(socketId);
    if (socket !== undefined) this.#lobby.withdraw(socket);
    socket?.delayed.clear();
    this.#sockets.delete(socketId);
    return socket?.session;
  }

  #tick({ now, at }: Moment): void {
    if (this.#options.admission === "off") {
      for (const socket of [...this.#sockets.values()]) this.#disconnect(socket, "off");
    }
    const tick: Outgoing = { type: "tick", at };
    for (const socket of this.#sockets.values()) {
      this.#relayDelayed(socket, { now, at });
      const deadline = socket.spoke ? limits.joinMs : limits.firstMessageMs;
      const isWaiting = socket.session === undefined && socket.knocksAt === undefined;
      if (isWaiting && now - socket.unjoinedSince >= deadline) {
        this.#disconnect(socket, "join-late");
      } else if (now >= socket.nextTick) {
        socket.nextTick = now + limits.tickMs;
        this.#send(socket.socketId, tick);
      }
      if (socket.session !== undefined) this.#membership.renewIce(socket.session, { now, at });
    }
    this.#admission.tick(now);
    this.#membership.tick({ now, at });
  }

  #handleBadMessage(socket: SocketRecord, { reason = "no message", now }: Receive): void {
    if (socket.bad.add(now)) return this.#disconnect(socket, "bad-messages");
    this.#refuse(socket, { code: "bad-message", message: reason });
  }

  /** Answers with an error if `code` says why something was refused. */
  #answer(
    socket: SocketRecord,
    code: LineRefusal | ModerationRefusal | undefined,
    about: string | undefined,
  ): void {
    if (code !== undefined) this.#refuse(socket, { code, message: refusals[code], about });
  }

  #refuse(
    { socketId }: SocketRecord,
    { about, ...rest }: { code: ErrorCode; message: string; about?: string | undefined },
  ): void {
    const reply = { type: "error", ...rest } as const;
    this.#send(socketId, about === undefined ? reply : { ...reply, about });
  }

  /** Sends the reason, closes the socket and ends its membership, all in this step. */
  #disconnect(socket: SocketRecord, reason: CloseReason, told: "lost" | "kicked" = "lost"): void {
    this.#refuse(socket, { code: reason, message: `closing: ${reason}` });
    this.#effects.push({ kind: "close", socketId: socket.socketId, reason });
    const session = this.#forget(socket.socketId);
    if (session !== undefined) {
      this.#membership.remove(session, { reason: told, at: this.#moment.at });
    }
  }

  #send(socketId: SocketId, message: Outgoing): void {
    this.#effects.push({ kind: "send", socketId, message });
  }
}
