/**
 * The sockets of one node: frames in and out, dialects, back-pressure, and the limits of addresses.
 * What the frames mean is decided by a host of rooms. Nothing that a client sends makes a method
 * throw.
 */
import { Buffer } from "node:buffer";
import { type CloseReason, serverLimits } from "../../protocol/mod.ts";
import type {
  AdminCommand,
  CoreOptions,
  Insider,
  KeptRules,
  Outgoing,
  OwnedRoom,
  RoomView,
  Site,
  SocketId,
} from "../core/core_types.ts";
import { Translations } from "../dialects/translations.ts";
import { isLoopback } from "./gate.ts";
import { LocalHost } from "./local_host.ts";
import type { HubObserver } from "./observer.ts";
import type { HostOptions, RoomHost, Surroundings } from "./room_host.ts";
import { type SendOutcome, type Socket, SocketPool } from "./socket_pool.ts";

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
  /** Called with the rules of a room that must outlive this process; undefined: forget them. */
  readonly onKeep: (room: string, rules: KeptRules | undefined) => void;
  /** Called in this order for each frame and event. */
  readonly observers?: readonly HubObserver[];
  /** Called with every unexpected error; the hub continues. */
  readonly onFault: (error: unknown) => void;
  /** Makes the host of the rooms; by default they are in this process. */
  readonly host?: (options: HostOptions) => RoomHost;
  /** By default those of this process. */
  readonly surroundings?: Surroundings;
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

/** Numbers for /healthz and /metrics. */
export interface HubCounts {
  readonly rooms: number;
  readonly peers: number;
  readonly sockets: number;
  /** Unexpected errors since the start. */
  readonly faults: number;
}

/** The signaling of one server process: sockets in and out, and the rooms behind them. */
export class Hub {
  readonly #host: RoomHost;
  readonly #pool = new SocketPool();
  readonly #onFault: (error: unknown) => void;
  readonly #translations = new Translations();
  readonly #observers: readonly HubObserver[];
  readonly #settled = Promise.withResolvers<void>();
  readonly #surroundings: Surroundings;
  #isClosed = false;
  #lastSocketId = 0;
  #faults = 0;

  constructor(options: HubOptions) {
    const { observers = [], host = (given) => new LocalHost(given) } = options;
    const { surroundings = thisProcess } = options;
    this.#surroundings = surroundings;
    this.#onFault = options.onFault;
    this.#observers = observers;
    const more: Omit<HostOptions, keyof CoreOptions | "onKeep"> = {
      sockets: {
        send: (socketId, message) => this.#send(socketId, message),
        close: (socketId, reason) => this.#close(socketId, reason),
      },
      observers,
      surroundings,
      onFault: (error) => this.#fault(error),
    };
    // Not copied, because its fields may be getters.
    this.#host = host(Object.assign(Object.create(options), more));
  }

  /** How many rooms, peers, sockets and unexpected errors there are. */
  counts(): HubCounts {
    return { ...this.#host.counts(), sockets: this.#pool.size, faults: this.#faults };
  }

  /** Who is in a room, for its entry page; undefined if the room is closed to some newcomers. */
  inside(room: string): Promise<readonly Insider[] | undefined> {
    return this.#host.inside(room);
  }

  /** What an owner key tells of a room; undefined: it is not valid. */
  owned(room: string, ownerKey: string): Promise<OwnedRoom | undefined> {
    return this.#host.owned(room, ownerKey);
  }

  /** Names of all rooms that have members or kept rules. */
  rooms(): Promise<string[]> {
    return this.#host.rooms();
  }

  /** A room as the administration sees it; undefined if it has neither members nor kept rules. */
  view(room: string): Promise<RoomView | undefined> {
    return this.#host.view(room);
  }

  /**
   * Carries out a command of the administration, or of a doorbell; false if the server is too busy
   * for it, or what it needs is not valid.
   */
  execute(room: string, command: AdminCommand): Promise<boolean> {
    return this.#host.execute(room, command);
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
      if (!this.#host.isJoined(socketId)) unjoined++;
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
    this.#host.connect({
      socketId,
      peerId: this.#surroundings.newId(),
      site,
      address: isLoopback(address) ? undefined : address,
      guesser: address,
    });
    if (this.#isClosed) this.#pool.close(socketId, "restart");
    return {
      receive: (frame) => this.#receive(socketId, frame),
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

  /**
   * Resolves when a close has settled what becomes of the rooms, so that no event of them follows;
   * sockets may still be open.
   */
  get roomsSettled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Whether `close` was called; sockets that open later are closed at once. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Closes all sockets with 1012, so that clients reconnect soon, and stops the clock. Resolves
   * when every socket is gone, handshakes included.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    // In a cluster other nodes continue the rooms, so that must be settled before clients come
    // back.
    await this.#host.close().catch((error) => this.#fault(error));
    this.#settled.resolve();
    this.#pool.closeAll("restart");
    await this.#pool.empty();
  }

  #receive(socketId: SocketId, frame: string): void {
    try {
      const { dialect, parsed } = this.#translations.decode(socketId, frame);
      const type = parsed.ok ? parsed.message.type : undefined;
      for (const observer of this.#observers) observer.received(type, Buffer.byteLength(frame));
      const { message, reason } = parsed.ok
        ? { message: parsed.message, reason: undefined }
        : { message: undefined, reason: parsed.reason };
      this.#host.receive(socketId, { dialect, message, ...reason !== undefined && { reason } });
    } catch (error) {
      this.#fault(error);
    }
  }

  #end(socketId: SocketId, code: number): void {
    this.#translations.remove(socketId);
    this.#host.closed(socketId, code);
  }

  #close(socketId: SocketId, reason: CloseReason): void {
    for (const observer of this.#observers) observer.closing(reason);
    this.#pool.close(socketId, reason);
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

  #fault(error: unknown): void {
    this.#faults++;
    this.#onFault(error);
  }
}

const thisProcess: Surroundings = {
  moment: () => ({ now: performance.now(), at: Date.now() }),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  newId: () => crypto.randomUUID().replaceAll("-", ""),
};
