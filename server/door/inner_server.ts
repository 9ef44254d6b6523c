/**
 * `Deno.serve` on loopback, which answers what is no WebSocket handshake. Invariants:
 * 1 A request comes with the arrival of its client; one from any other program of this machine is
 *   refused.
 * 2 The listener ends if an accept fails for want of file descriptors; the next client gets a new
 *   one, and connections of the old one go on.
 * 3 A request without a response after `answerMs` ends its connection: its body does not come.
 */
import { wantsUpgrade } from "../../signaling/mod.ts";

/** Who has connected. */
export interface Arrival {
  readonly remoteAddr: Deno.NetAddr;
  /** Whether the connection is encrypted. */
  readonly secure: boolean;
}

/** A connection of the inner server, on behalf of a client. */
export interface Guest {
  readonly arrival: Arrival;
  /** Ends the connection. */
  cut(): void;
}

/** How the inner server answers. */
export interface InnerServerOptions {
  readonly answer: (
    request: Request,
    arrival: Arrival,
    info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  ) => Response | Promise<Response>;
  readonly onError: (error: unknown) => Response;
  /** The time until a request has its response, ms. */
  readonly answerMs: number;
}

const hostname = "127.0.0.1";

/** One server; its listener and its port may change. */
export class InnerServer {
  readonly #options: InnerServerOptions;
  /** By the local port of our connection to the server. */
  readonly #guests = new Map<number, Guest>();
  /** The one that listens, and those that have lost their listener. */
  readonly #servers = new Set<Deno.HttpServer<Deno.NetAddr>>();
  #port: number;

  /** Throws as `Deno.serve` does. */
  constructor(options: InnerServerOptions) {
    this.#options = options;
    this.#port = this.#listen();
  }

  /** Connects for a client; `release` is due once the connection is closed. Rejects if it fails. */
  async connect(guest: Guest): Promise<{ stream: Deno.TcpConn; release: () => void }> {
    const stream = await this.#reach();
    stream.setNoDelay();
    const { port } = stream.localAddr;
    this.#guests.set(port, guest);
    // A new connection may have the port of a closed one already.
    const release = () => this.#guests.get(port) === guest && void this.#guests.delete(port);
    return { stream, release };
  }

  /** Resolves when pending requests have their responses. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers].map((server) => server.shutdown()));
  }

  async #reach(): Promise<Deno.TcpConn> {
    const port = this.#port;
    try {
      return await Deno.connect({ hostname, port });
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      // The listener has ended. `finished` would tell only after the last of its connections.
      if (port === this.#port) this.#port = this.#listen();
      return await Deno.connect({ hostname, port: this.#port });
    }
  }

  /** Returns the port. */
  #listen(): number {
    const { onError } = this.#options;
    const server = Deno.serve(
      { hostname, port: 0, onListen: () => {}, onError },
      (request, info) => this.#answer(request, info),
    );
    this.#servers.add(server);
    const forget = () => void this.#servers.delete(server);
    server.finished.then(forget, forget);
    return server.addr.port;
  }

  async #answer(
    request: Request,
    info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  ): Promise<Response> {
    const guest = this.#guests.get(info.remoteAddr.port);
    if (guest === undefined) {
      return new Response("this port is for the server itself", { status: 403 });
    }
    // Deno cannot upgrade these, and throws; handshakes of HTTP/1.1 do not come here.
    if (wantsUpgrade(request)) {
      return new Response("a WebSocket handshake is a request of HTTP/1.1", { status: 426 });
    }
    const { answer, answerMs } = this.#options;
    const timer = setTimeout(() => guest.cut(), answerMs);
    try {
      return await answer(request, guest.arrival, info);
    } finally {
      clearTimeout(timer);
    }
  }
}
