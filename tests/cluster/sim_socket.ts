/**
 * One WebSocket of a simulation: the client's end, as a browser has it, and the way to a node. Each
 * direction keeps its order and has its own delays. A node that is stopped accepts connections and
 * answers nothing; one that is killed resets its connections.
 */
import { RELAY_SUBPROTOCOL } from "../../protocol/mod.ts";
import type { Connection } from "../../signaling/shell/hub.ts";
import type { Socket } from "../../signaling/shell/socket_pool.ts";
import { Channel } from "./channel.ts";
import type { SimProcess } from "./sim_process.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** A transport of the server closes a socket that is silent for this long, ms. */
const serverIdleMs = 20_000;

/** The node that a socket leads to. */
export interface SocketServer {
  readonly process: SimProcess;
  /** The hub's end of a socket that has opened. */
  accept(socket: Socket, address: string): Connection;
}

interface Options {
  readonly time: VirtualTime;
  /** Undefined: no node listens. */
  readonly server: SocketServer | undefined;
  /** That of the client. */
  readonly address: string;
  /** A random delay, ms. */
  readonly delay: () => number;
  /** Called with each frame as the client gets it, before the client does. */
  readonly onFrame: (frame: string) => void;
  /** Called with each frame when the node sends it. */
  readonly onSent: (frame: string) => void;
}

/** As much of a WebSocket as `SignalingClient` uses. */
export class SimSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readyState = 0;
  readonly protocol = RELAY_SUBPROTOCOL;
  readonly #options: Options;
  readonly #up: Channel;
  readonly #down: Channel;
  #connection: Connection | undefined;
  /** The node has been told that it has ended. */
  #isOver = false;
  /** The page that opened it has ended: what its code still does reaches nobody. */
  #isOrphan = false;
  #isDead = false;
  #isClosing = false;

  constructor(options: Options) {
    this.#options = options;
    this.#up = new Channel(options.time);
    this.#down = new Channel(options.time);
    const { server } = options;
    this.#up.send(options.delay(), () => {
      if (server === undefined || server.process.isDead) {
        return this.#down.send(options.delay(), () => this.#end(1006));
      }
      server.process.deliver(this, () => this.#accept(server));
    });
  }

  get asReal(): WebSocket {
    return this as unknown as WebSocket;
  }

  /** The node at the other end. */
  get server(): SocketServer | undefined {
    return this.#options.server;
  }

  /** Whether a frame may still come or go. */
  get isLive(): boolean {
    return this.readyState === 1 && !this.#isDead && !this.#isClosing;
  }

  send(frame: string): void {
    if (this.readyState !== 1 || this.#isOrphan) return;
    this.#send(() => this.#connection?.receive(frame));
  }

  close(code = 1005): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (!this.#isOrphan) this.#send(() => this.#over(code));
  }

  /** The page has ended without a goodbye; the operating system resets its connection. */
  orphan(): void {
    this.#isOrphan = true;
    this.readyState = 3;
    this.#send(() => this.#over(1006));
  }

  /** The network ends it, and both ends notice. */
  cut(): void {
    this.#up.drop();
    this.#down.drop();
    this.#send(() => this.#over(1006));
    this.#down.send(this.#options.delay(), () => this.#end(1006));
    this.#isDead = true;
  }

  /** The network loses everything from now on, and nobody notices before it is silent for long. */
  die(): void {
    this.#up.drop();
    this.#down.drop();
    this.#isDead = true;
    const { time, server } = this.#options;
    time.after(serverIdleMs, () => server?.process.deliver(this, () => this.#over(1006)));
  }

  /** The node was killed: what it had sent arrives, then its machine resets the connection. */
  reset(): void {
    this.#up.drop();
    if (!this.#isDead) this.#down.send(this.#options.delay(), () => this.#end(1006));
    this.#isOver = true;
  }

  #accept(server: SocketServer): void {
    if (this.#isOver) return;
    const { address, delay, onFrame, onSent } = this.#options;
    this.#connection = server.accept({
      backlog: 0,
      send: (frame) => {
        onSent(frame);
        if (this.#isDead) return;
        this.#down.send(delay(), () => {
          if (this.readyState !== 1) return;
          onFrame(frame);
          this.onmessage?.({ data: frame });
        });
      },
      close: (code) => this.#closeAtNode(code),
    }, address);
    if (this.#isDead) return;
    this.#down.send(delay(), () => {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.onopen?.();
    });
  }

  /** The node closes it; the client's answer to that takes its time. */
  #closeAtNode(code: number): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    if (this.#isDead) return;
    const { delay } = this.#options;
    this.#down.send(delay(), () => {
      this.#end(code);
      this.#send(() => this.#over(code));
    });
  }

  #send(work: () => void): void {
    const { server, delay } = this.#options;
    if (this.#isDead) return;
    this.#up.send(delay(), () => server?.process.deliver(this, work));
  }

  /** The node learns that the socket has ended. */
  #over(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#connection?.closed(code);
  }

  #end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
