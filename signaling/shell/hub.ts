/**
 * The only I/O loop of the server: takes one input, lets the core decide, applies all its effects
 * in order, then takes the next input. Reads the clocks and makes ids, so that the core does not.
 * Nothing that a client sends makes a method throw.
 */
import { Buffer } from "node:buffer";
import { type CloseReason, serverLimits } from "../../protocol/mod.ts";
import type { Bus } from "./bus.ts";
import { step } from "../core/core.ts";
import type {
  AdminCommand,
  CoreOptions,
  Effect,
  Incoming,
  Input,
  Insider,
  KeptRules,
  Moment,
  Outgoing,
  Receive,
  RoomView,
  Site,
  SocketId,
} from "../core/core_types.ts";
import { CoreState } from "../core/state.ts";
import { Translations } from "../dialects/translations.ts";
import { isLoopback } from "./gate.ts";
import { Passwords } from "./passwords.ts";
import type { HubObserver } from "./observer.ts";
import type { LocalBus } from "./local_bus.ts";
import { type SendOutcome, type Socket, SocketPool } from "./socket_pool.ts";

/** How often the core is fed a tick. Deadlines are late by at most this. */
const tickMs = 1_000;

/** How many frames of a socket may wait for the check of a password. */
const deferredMost = 64;

/**
 * What may be left out for a slow reader. Its client notices a missing change by the gap in the
 * revisions; the others matter only while they are new.
 */
const droppableTypes: ReadonlySet<Outgoing["type"]> = new Set([
  "tick",
  "peer-changed",
  "peer-report",
  "reaction",
  "note",
]);

/** What a hub is given. */
export interface HubOptions extends CoreOptions {
  readonly bus: LocalBus;
  /** Called with the rules of a room that must outlive this process; undefined: forget them. */
  readonly onKeep: (room: string, rules: KeptRules | undefined) => void;
  /** Called in this order for each frame and event. */
  readonly observers?: readonly HubObserver[];
  /** Called with every unexpected error; the hub continues. */
  readonly onFault: (error: unknown) => void;
}

/**
 * What a transport reports of one open socket. Every method may be called at any time, in any
 * order, repeatedly; none throws.
 */
export interface Connection {
  /** A text frame has arrived. */
  receive(frame: string): void;
  /** The client broke the rules of the transport, for example by a binary frame. */
  violate(reason: CloseReason): void;
  /** The socket has closed with this code (RFC 6455, 7.4); 0 or 1006 if the connection was lost. */
  closed(code: number): void;
}

/** The sender of a frame. `address`: counts wrong passwords, for loopback too. */
interface Sender {
  readonly socketId: SocketId;
  readonly address: string;
}

/** Numbers for /healthz and /metrics. */
export interface HubCounts {
  readonly rooms: number;
  readonly peers: number;
  readonly sockets: number;
  /** Unexpected errors since the start. */
  readonly faults: number;
}

/** The signaling of one server process: sockets in and out, and the core between them. */
export class Hub {
  readonly #state: CoreState;
  readonly #pool = new SocketPool();
  readonly #bus: Bus;
  readonly #onFault: (error: unknown) => void;
  readonly #translations = new Translations();
  readonly #inputs: Input[] = [];
  readonly #passwords = new Passwords();
  /** Frames of sockets whose password is being checked or hashed. */
  readonly #deferred = new Map<SocketId, string[]>();
  readonly #onKeep: HubOptions["onKeep"];
  readonly #observers: readonly HubObserver[];
  readonly #timer: number;
  #isStepping = false;
  #isClosed = false;
  #lastSocketId = 0;
  #faults = 0;

  constructor(options: HubOptions) {
    // Passed on whole, because its fields may be getters.
    this.#state = new CoreState(options);
    this.#onFault = options.onFault;
    this.#onKeep = options.onKeep;
    this.#observers = options.observers ?? [];
    this.#bus = options.bus.connect(crypto.randomUUID(), ({ from, room, message }) => {
      this.#feed({ kind: "bus", from, room, message, ...moment() });
    });
    this.#timer = setInterval(() => this.#feed({ kind: "tick", ...moment() }), tickMs);
  }

  /** How many rooms, peers, sockets and unexpected errors there are. */
  counts(): HubCounts {
    return { ...this.#state.counts(), sockets: this.#pool.size, faults: this.#faults };
  }

  /** Who is in a room, for its entry page; undefined if the room is closed to some newcomers. */
  inside(room: string): readonly Insider[] | undefined {
    return this.#state.inside(room, Date.now());
  }

  /** Names of all rooms that have members or kept rules. */
  rooms(): string[] {
    return this.#state.roomNames();
  }

  /** A room as the administration sees it; undefined if it has neither members nor kept rules. */
  view(room: string): RoomView | undefined {
    return this.#state.view(room, Date.now());
  }

  /**
   * Carries out a command of the administration; false if the server is too busy to hash its
   * password.
   */
  async execute(room: string, command: AdminCommand): Promise<boolean> {
    if (command.does === "reserve" && command.rules.password !== undefined) {
      const password = await this.#passwords.hash(command.rules.password);
      if (password === undefined) return false;
      command = { ...command, rules: { ...command.rules, password } };
    }
    this.#feed({ kind: "command", room, command, ...moment() });
    return true;
  }

  /**
   * Whether an address may open one more socket. Loopback, the machine or a proxy on it, is not
   * counted.
   */
  admits(address: string): boolean {
    if (isLoopback(address)) return true;
    let sockets = this.#pool.handshakesOf(address);
    let unjoined = sockets;
    for (const socketId of this.#pool.socketsOf(address)) {
      sockets++;
      if (!this.#state.isJoined(socketId)) unjoined++;
    }
    return sockets < serverLimits.socketsPerAddress && unjoined < serverLimits.unjoinedPerAddress;
  }

  /** Counts a socket that is accepted and not open yet; see `SocketPool.beginHandshake`. */
  beginHandshake(address: string): () => void {
    return this.#pool.beginHandshake(address);
  }

  /**
   * Adds an open socket. `address`: as limits count it, see `addressUnit`; `site`: that of its
   * page; `envelopes`: the handshake chose the sub-protocol with envelopes.
   */
  connect(
    socket: Socket,
    { address, site, envelopes = false }: {
      address: string;
      site?: Site | undefined;
      envelopes?: boolean;
    },
  ): Connection {
    const socketId = ++this.#lastSocketId;
    if (envelopes) this.#translations.useEnvelopes(socketId);
    this.#pool.add(socketId, { socket, address });
    const peerId = crypto.randomUUID().replaceAll("-", "");
    const counted = isLoopback(address) ? undefined : address;
    this.#feed({ kind: "connect", socketId, peerId, site, address: counted, ...moment() });
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

  /** Whether `close` was called; sockets that open later are closed at once. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Closes all sockets with 1012, so that clients reconnect soon, and stops the clock. Resolves
   * when every socket is gone, handshakes included.
   */
  close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#pool.closeAll("restart");
    this.#bus.close();
    return this.#pool.empty();
  }

  #receive(from: Sender, frame: string): void {
    const { socketId } = from;
    const deferred = this.#deferred.get(socketId);
    if (deferred !== undefined) {
      deferred.push(frame);
      if (deferred.length > deferredMost) this.#pool.close(socketId, "rate");
      return;
    }
    this.#guard(() => {
      const { dialect, parsed } = this.#translations.decode(socketId, frame);
      const type = parsed.ok ? parsed.message.type : undefined;
      for (const observer of this.#observers) observer.received(type, Buffer.byteLength(frame));
      const input = { kind: "message", socketId, dialect, ...moment() } as const;
      if (!parsed.ok) return this.#feed({ ...input, message: undefined, reason: parsed.reason });
      const checked = this.#checkPassword(from, parsed.message);
      if (checked === undefined) return this.#feed({ ...input, message: parsed.message });
      void this.#feedLater(from, checked.then((result) => ({ ...input, ...result, ...moment() })));
    });
  }

  /** Hashes or checks the password in a message, outside the step; undefined: there is none. */
  #checkPassword(
    { address }: Sender,
    message: Incoming,
  ): Promise<Pick<Receive, "message" | "guess">> | undefined {
    if (message.type === "set-rules" && message.password !== undefined) {
      return this.#passwords.hash(message.password).then((password) => ({
        message: password === undefined ? undefined : { ...message, password },
        reason: "too busy for a new password, try again",
      }));
    }
    if (message.type !== "join" || message.password === undefined) return undefined;
    const kept = this.#state.passwordHash(message.room, Date.now());
    return kept === undefined
      ? undefined
      : this.#passwords.check(message.password, { kept, address })
        .then((guess) => ({ message, guess }));
  }

  /** Feeds an input when it is ready, and after it the frames that its socket sent meanwhile. */
  async #feedLater(from: Sender, ready: Promise<Receive>): Promise<void> {
    const frames: string[] = [];
    this.#deferred.set(from.socketId, frames);
    const input = await ready.catch((error: unknown) => {
      this.#fault(error);
      return undefined;
    });
    // Another list, or none: the socket has closed.
    if (this.#deferred.get(from.socketId) !== frames) return;
    this.#deferred.delete(from.socketId);
    if (input !== undefined) this.#feed(input);
    for (const frame of frames) this.#receive(from, frame);
  }

  #end(socketId: SocketId, code: number): void {
    this.#translations.remove(socketId);
    this.#deferred.delete(socketId);
    this.#feed({ kind: "close", socketId, code, ...moment() });
  }

  #feed(input: Input): void {
    this.#inputs.push(input);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
      const current = next;
      this.#guard(() => step(this.#state, current).forEach((effect) => this.#apply(effect)));
    }
    this.#isStepping = false;
  }

  #apply(effect: Effect): void {
    switch (effect.kind) {
      case "send":
        return this.#send(effect.socketId, effect.message);
      case "close":
        for (const observer of this.#observers) observer.closing(effect.reason);
        return this.#pool.close(effect.socketId, effect.reason);
      case "publish":
        for (const observer of this.#observers) observer.published(effect.room, effect.message);
        return this.#bus.publish(effect.room, effect.message);
      case "subscribe":
        for (const observer of this.#observers) observer.opened(effect.room);
        return this.#bus.subscribe(effect.room);
      case "unsubscribe":
        for (const observer of this.#observers) observer.emptied(effect.room);
        return this.#bus.unsubscribe(effect.room);
      case "keep":
        return this.#onKeep(effect.room, effect.rules);
      default:
        effect satisfies never;
    }
  }

  #send(socketId: SocketId, message: Outgoing): void {
    const encoded = this.#translations.encode(socketId, message);
    if (encoded === undefined) return;
    const { frame, bytes } = encoded;
    const droppable = droppableTypes.has(message.type);
    const outcome = this.#pool.send(socketId, frame, { droppable });
    this.#observeSent(message, { outcome, bytes });
    if (outcome === "cut") this.#end(socketId, 4008);
  }

  #observeSent(
    message: Outgoing,
    { outcome, bytes }: { outcome: SendOutcome; bytes: number },
  ): void {
    for (const observer of this.#observers) {
      if (outcome === "sent") observer.sent(message, bytes);
      else observer.dropped(message);
      if (outcome === "cut") observer.closing("slow");
      if (message.type === "error") observer.refused(message.code);
    }
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

function moment(): Moment {
  return { now: performance.now(), at: Date.now() };
}
