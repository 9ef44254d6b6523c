/**
 * The only I/O loop of the server: takes one input, lets the core decide, carries out every effect in order, then
 * takes the next. Reads the clock and makes ids, so that the core does not. Nothing a client does may throw out of here.
 */
import { Buffer } from "node:buffer";
import { type CloseReason, limits } from "../../protocol/mod.ts";
import type { Bus } from "./bus.ts";
import { Core } from "../core/core.ts";
import type {
  CoreOptions,
  Effect,
  Incoming,
  Input,
  Insider,
  KeptRules,
  Moment,
  Order,
  Outgoing,
  Receive,
  RoomView,
  SocketId,
} from "../core/core_types.ts";
import { agreedTranslation, defaultTranslation, translationOf } from "../dialects/choose.ts";
import type { Translation } from "../dialects/dialect.ts";
import { isLoopback } from "./gate.ts";
import { Passwords } from "./passwords.ts";
import type { HubObserver } from "./observer.ts";
import type { LocalBus } from "./local_bus.ts";
import { type Sent, type Socket, SocketPool } from "./socket_pool.ts";

/** How often the core is told the time. Deadlines are late by at most this. */
const tickMs = 1_000;

/** Frames that may wait for a password; a client that has joined and waits sends a few. */
const waitingMost = 64;

/** A dropped change is a gap in the revisions, which its receiver notices; the others matter only while new. */
const droppableTypes: ReadonlySet<Outgoing["type"]> = new Set([
  "tick",
  "peer-changed",
  "peer-report",
  "reaction",
]);

/** What the hub is given. */
export interface HubOptions extends CoreOptions {
  readonly bus: LocalBus;
  /** Called with what must outlive this process; undefined: forget the room. */
  readonly onKeep: (room: string, rules: KeptRules | undefined) => void;
  /** Everybody who watches. */
  readonly observers?: readonly HubObserver[];
  /** Called with every error that should not have happened; the hub goes on. */
  readonly onFault: (error: unknown) => void;
}

/** What a transport reports of one accepted socket. Every method may be called at any time, in any order, twice. */
export interface Connection {
  receive(frame: string): void;
  /** The client broke the transport's rules (a binary frame, one too large). */
  violate(reason: CloseReason): void;
  closed(code: number): void;
}

/** Whose frame it is; `address`: whom guesses count against, loopback too. */
interface Sender {
  readonly socketId: SocketId;
  readonly address: string;
}

/** A message as it goes out. */
interface Written {
  readonly message: Outgoing;
  readonly frame: string;
  readonly bytes: number;
  readonly droppable: boolean;
}

/** Numbers for /healthz. */
export interface HubCounts {
  readonly rooms: number;
  readonly peers: number;
  readonly sockets: number;
  readonly faults: number;
}

export class Hub {
  readonly #core: Core;
  readonly #pool = new SocketPool();
  readonly #bus: Bus;
  readonly #onFault: (error: unknown) => void;
  readonly #translations = new Map<SocketId, Translation>();
  readonly #inputs: Input[] = [];
  readonly #passwords = new Passwords();
  /** Frames of sockets whose password is being worked on. */
  readonly #waiting = new Map<SocketId, string[]>();
  readonly #onKeep: HubOptions["onKeep"];
  readonly #observers: readonly HubObserver[];
  readonly #timer: number;
  #draining = false;
  #isClosed = false;
  #lastSocketId = 0;
  #faults = 0;
  /** The last message written as JSON: a broadcast is the same object for every member. */
  #written: Written | undefined;

  constructor(options: HubOptions) {
    // Whole, not its parts: the core's options may be getters.
    this.#core = new Core(options);
    this.#onFault = options.onFault;
    this.#onKeep = options.onKeep;
    this.#observers = options.observers ?? [];
    this.#bus = options.bus.connect(crypto.randomUUID(), ({ from, room, message }) => {
      this.#feed({ kind: "bus", from, room, message, ...moment() });
    });
    this.#timer = setInterval(() => this.#feed({ kind: "tick", ...moment() }), tickMs);
  }

  counts(): HubCounts {
    return { ...this.#core.count(), sockets: this.#pool.size, faults: this.#faults };
  }

  /** Who is in a room, for its entry page; undefined if the room is closed to strangers. */
  inside(room: string): readonly Insider[] | undefined {
    return this.#core.inside(room, Date.now());
  }

  /** Names of all rooms that have members or rules. */
  rooms(): string[] {
    return this.#core.rooms();
  }

  /** A room as the administration sees it; undefined: there is nothing of it. */
  view(room: string): RoomView | undefined {
    return this.#core.view(room, Date.now());
  }

  /** Carries out what the administration wants; false: too busy for the password in it. */
  async order(room: string, order: Order): Promise<boolean> {
    if (order.does === "reserve" && order.rules.password !== undefined) {
      const password = await this.#passwords.keep(order.rules.password);
      if (password === undefined) return false;
      order = { ...order, rules: { ...order.rules, password } };
    }
    this.#feed({ kind: "order", room, order, ...moment() });
    return true;
  }

  /** Whether one more socket of this address is welcome. Loopback is the machine itself or its proxy: not counted. */
  admits(address: string): boolean {
    if (isLoopback(address)) return true;
    let sockets = this.#pool.arrivingFrom(address);
    let unjoined = sockets;
    for (const socketId of this.#pool.socketsOf(address)) {
      sockets++;
      if (!this.#core.isJoined(socketId)) unjoined++;
    }
    return sockets < limits.socketsPerAddress && unjoined < limits.unjoinedPerAddress;
  }

  /** Announces a socket that was accepted and is not open yet; see SocketPool.arriving. */
  arriving(address: string): () => void {
    return this.#pool.arriving(address);
  }

  /** Takes an open socket into the pool. */
  connect(
    socket: Socket,
    { address, envelopes = false }: { address: string; envelopes?: boolean },
  ): Connection {
    const socketId = ++this.#lastSocketId;
    const agreed = agreedTranslation({ envelopes });
    if (agreed !== undefined) this.#translations.set(socketId, agreed);
    this.#pool.add(socketId, { socket, address });
    const peerId = crypto.randomUUID().replaceAll("-", "");
    const counted = isLoopback(address) ? undefined : address;
    this.#feed({ kind: "connect", socketId, peerId, address: counted, ...moment() });
    if (this.#isClosed) this.#pool.close(socketId, "restart");
    return {
      receive: (frame) => this.#receive({ socketId, address }, frame),
      violate: (reason) => {
        this.#pool.close(socketId, reason);
        this.#end(socketId, 1008);
      },
      closed: (code) => {
        this.#pool.remove(socketId);
        this.#end(socketId, code);
      },
    };
  }

  /** Resolves once every socket is gone. */
  empty(): Promise<void> {
    return this.#pool.empty();
  }

  /** Whether it no longer accepts sockets. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Says goodbye to everybody with 1012, so that clients come back soon, and stops the clock. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#pool.closeAll("restart");
    this.#bus.close();
  }

  #receive(from: Sender, frame: string): void {
    const { socketId } = from;
    const waiting = this.#waiting.get(socketId);
    if (waiting !== undefined) {
      waiting.push(frame);
      if (waiting.length > waitingMost) this.#pool.close(socketId, "rate");
      return;
    }
    this.#guard(() => {
      const translation = this.#translationFor(socketId, frame);
      const parsed = translation.decode(frame);
      const type = parsed.ok ? parsed.message.type : undefined;
      for (const each of this.#observers) each.received(type, Buffer.byteLength(frame));
      const { dialect } = translation;
      const input = { kind: "message", socketId, dialect, ...moment() } as const;
      if (!parsed.ok) return this.#feed({ ...input, message: undefined, reason: parsed.reason });
      const later = this.#passwordWork(from, parsed.message);
      if (later === undefined) return this.#feed({ ...input, message: parsed.message });
      void this.#afterwards(from, later.then((work) => ({ ...input, ...work, ...moment() })));
    });
  }

  /** What takes longer than a step may; undefined: nothing. */
  #passwordWork(
    { address }: Sender,
    message: Incoming,
  ): Promise<Pick<Receive, "message" | "guess">> | undefined {
    if (message.type === "set-rules" && message.password !== undefined) {
      return this.#passwords.keep(message.password).then((password) => ({
        message: password === undefined ? undefined : { ...message, password },
        reason: "too busy for a new password, try again",
      }));
    }
    if (message.type !== "join" || message.password === undefined) return undefined;
    const kept = this.#core.passwordOf(message.room, Date.now());
    return kept === undefined
      ? undefined
      : this.#passwords.check(message.password, { kept, address })
        .then((guess) => ({ message, guess }));
  }

  /** Feeds an input that is not ready yet; what its socket says meanwhile comes after it. */
  async #afterwards(from: Sender, ready: Promise<Receive>): Promise<void> {
    const frames: string[] = [];
    this.#waiting.set(from.socketId, frames);
    const input = await ready.catch((error: unknown) => {
      this.#fault(error);
      return undefined;
    });
    // Another list or none: the socket is gone.
    if (this.#waiting.get(from.socketId) !== frames) return;
    this.#waiting.delete(from.socketId);
    if (input !== undefined) this.#feed(input);
    for (const frame of frames) this.#receive(from, frame);
  }

  /** The first frame that is JSON settles which dialect a socket speaks. */
  #translationFor(socketId: SocketId, frame: string): Translation {
    const known = this.#translations.get(socketId);
    if (known !== undefined) return known;
    const told = translationOf(frame, `Guest ${socketId.toString(36)}`);
    if (told !== undefined) this.#translations.set(socketId, told);
    return told ?? defaultTranslation;
  }

  #end(socketId: SocketId, code: number): void {
    this.#translations.delete(socketId);
    this.#waiting.delete(socketId);
    this.#feed({ kind: "close", socketId, code, ...moment() });
  }

  #feed(input: Input): void {
    this.#inputs.push(input);
    if (this.#draining) return;
    this.#draining = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      const taken = next;
      this.#guard(() => this.#core.step(taken).forEach((effect) => this.#carryOut(effect)));
    }
    this.#draining = false;
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case "send":
        return this.#send(effect.socketId, effect.message);
      case "close":
        for (const each of this.#observers) each.closing(effect.reason);
        return this.#pool.close(effect.socketId, effect.reason);
      case "publish":
        for (const each of this.#observers) each.told(effect.room, effect.message);
        return this.#bus.publish(effect.room, effect.message);
      case "subscribe":
        for (const each of this.#observers) each.opened(effect.room);
        return this.#bus.subscribe(effect.room);
      case "unsubscribe":
        for (const each of this.#observers) each.emptied(effect.room);
        return this.#bus.unsubscribe(effect.room);
      case "keep":
        return this.#onKeep(effect.room, effect.rules);
      default:
        effect satisfies never;
    }
  }

  #send(socketId: SocketId, message: Outgoing): void {
    const translation = this.#translations.get(socketId) ?? defaultTranslation;
    const written = this.#write(message, translation);
    if (written === undefined) return;
    const { frame, bytes } = written;
    const outcome = this.#pool.send(socketId, frame, written);
    this.#tell(message, { outcome, bytes });
    if (outcome === "cut") this.#end(socketId, 4008);
  }

  #tell(message: Outgoing, { outcome, bytes }: { outcome: Sent; bytes: number }): void {
    for (const each of this.#observers) {
      if (outcome === "sent") each.sent(message, bytes);
      else each.dropped(message);
      if (outcome === "cut") each.closing("slow");
      if (message.type === "error") each.refused(message.code);
    }
  }

  #write(message: Outgoing, translation: Translation): Written | undefined {
    // All of the project's own clients get the same frame, but for signals, which may be in envelopes.
    const isShared = translation.dialect === defaultTranslation.dialect &&
      message.type !== "signal";
    if (!isShared) {
      const frame = translation.encode(message);
      return frame === undefined ? undefined : written(message, frame);
    }
    if (this.#written?.message !== message) {
      this.#written = written(message, JSON.stringify(message));
    }
    return this.#written;
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.#faults++;
    this.#onFault(error);
  }
}

function written(message: Outgoing, frame: string): Written {
  const droppable = droppableTypes.has(message.type);
  return { message, frame, bytes: Buffer.byteLength(frame), droppable };
}

function moment(): Moment {
  return { now: performance.now(), at: Date.now() };
}
