/**
 * Accepts connections and hands each to the part that answers it: WebSocket handshakes of HTTP/1.1
 * to `upgrade`, everything else to `Deno.serve` on loopback. Invariants:
 * 1 The accept loop ends only with its listener. An accept that fails, for want of file descriptors
 *   for example, is tried again after a pause.
 * 2 Before anything is read, a connection counts against its address.
 * 3 A connection that has not sent a whole head within `headMs` is closed; TLS counts in.
 * 4 What `Deno.serve` is asked comes with the client's own address; a request from any other
 *   program of this machine is refused.
 */
import { attempt } from "../../protocol/attempt.ts";
import { addressUnit } from "../../signaling/mod.ts";
import type { ByteStream } from "../websocket/framed_socket.ts";
import { finalResponse, switchingProtocols } from "./handshake.ts";
import { closeQuietly, pipe, writeWhole } from "./pipe.ts";
import { type Opening, parseHead, readOpening, type RequestHead } from "./request_head.ts";

/** Who has connected. */
export interface Arrival {
  readonly remoteAddr: Deno.NetAddr;
  /** Whether the connection is encrypted. */
  readonly secure: boolean;
}

/** What a handshake gets: a refusal, or a protocol and what takes the stream over. */
export type Upgrade =
  | Response
  | {
    readonly protocol: string | undefined;
    /** `early`: bytes that came behind the handshake. */
    readonly open: (stream: ByteStream, early: Uint8Array) => void;
    /** The client has gone before its answer was sent. */
    readonly abandon: () => void;
  };

/** How a door answers. */
export interface DoorOptions {
  /** A request that is no WebSocket handshake of HTTP/1.1. */
  readonly answer: (
    request: Request,
    arrival: Arrival,
    info: Deno.ServeHandlerInfo<Deno.NetAddr>,
  ) => Response | Promise<Response>;
  readonly onError: (error: unknown) => Response;
  readonly upgrade: (request: Request, arrival: Arrival) => Upgrade;
  /** Connections that an address may have open at once; Infinity for proxies. */
  readonly connectionsMost: (address: string) => number;
  /** The time for the head of a first request, ms. */
  readonly headMs?: number;
  /** A kept-alive connection that carries nothing for so long is closed, ms. */
  readonly idleMs?: number;
}

/** The pause after an accept that failed, ms. */
const pauseMs = 100;

/** Answers the connections of any number of listeners. */
export class FrontDoor {
  readonly #options: DoorOptions;
  readonly #inner: Deno.HttpServer<Deno.NetAddr>;
  /** By the local port of our connection to the inner server. */
  readonly #arrivals = new Map<number, Arrival>();
  readonly #byAddress = new Map<string, number>();
  readonly #listeners = new Set<Deno.Listener>();
  /** Connections that are passed on. */
  readonly #passing = new Set<Promise<void>>();

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#inner = Deno.serve({
      hostname: "127.0.0.1",
      port: 0,
      onListen: () => {},
      onError: options.onError,
    }, (request, info) => {
      const arrival = this.#arrivals.get(info.remoteAddr.port);
      return arrival === undefined
        ? new Response("this port is for the server itself", { status: 403 })
        : options.answer(request, arrival, info);
    });
  }

  /** Accepts from a listener until remove(). `secure`: it is one of Deno.listenTls. */
  add(listener: Deno.Listener, { secure }: { secure: boolean }): void {
    this.#listeners.add(listener);
    void this.#acceptAll(listener, secure);
  }

  /** Closes a listener; connections that it has accepted go on. */
  remove(listener: Deno.Listener): void {
    this.#listeners.delete(listener);
    closeQuietly(listener);
  }

  /** Accepts no more connections; resolves when pending requests have their responses. */
  async close(): Promise<void> {
    for (const listener of this.#listeners) this.remove(listener);
    await this.#inner.shutdown();
    // The inner server has given its responses away; the clients have yet to get them.
    await Promise.all(this.#passing);
  }

  async #acceptAll(listener: Deno.Listener, secure: boolean): Promise<void> {
    while (this.#listeners.has(listener)) {
      try {
        const stream = await listener.accept();
        void this.#welcome(stream, secure);
      } catch {
        if (!this.#listeners.has(listener)) return;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }

  /** Counts a connection for as long as it is open. */
  async #welcome(stream: Deno.Conn, secure: boolean): Promise<void> {
    const { remoteAddr } = stream;
    if (!isNetAddr(remoteAddr)) return closeQuietly(stream);
    const unit = addressUnit(remoteAddr.hostname);
    const count = (this.#byAddress.get(unit) ?? 0) + 1;
    if (count > this.#options.connectionsMost(remoteAddr.hostname)) return closeQuietly(stream);
    this.#byAddress.set(unit, count);
    let isOpen = true;
    const leave = () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#byAddress.get(unit) ?? 1) - 1;
      if (left > 0) this.#byAddress.set(unit, left);
      else this.#byAddress.delete(unit);
    };
    try {
      await this.#receive(stream, { remoteAddr, secure }, leave);
    } catch {
      // The client has gone, or its time is over.
      closeQuietly(stream);
      leave();
    }
  }

  /** `leave`: called when the stream is closed, which may be long after this resolves. */
  async #receive(
    stream: Deno.Conn & { setNoDelay?: () => void },
    arrival: Arrival,
    leave: () => void,
  ): Promise<void> {
    // A frame must not wait until the client has acknowledged the one before.
    stream.setNoDelay?.();
    const { headMs = 10_000 } = this.#options;
    const deadline = setTimeout(() => closeQuietly(stream), headMs);
    let opening: Opening;
    try {
      if (isTls(stream)) {
        const { alpnProtocol } = await stream.handshake();
        if (alpnProtocol === "h2") {
          clearTimeout(deadline);
          return await this.#passOn(stream, arrival, new Uint8Array()).finally(leave);
        }
      }
      opening = await readOpening(stream);
    } finally {
      clearTimeout(deadline);
    }
    const head = opening.kind === "http"
      ? parseHead(opening.bytes.subarray(0, opening.end))
      : undefined;
    if (opening.kind === "http" && head !== undefined && wantsWebSocket(head)) {
      const early = opening.bytes.subarray(opening.end);
      await this.#upgrade({ stream: withEnd(stream, leave), head, early }, arrival);
    } else if (opening.kind === "http") {
      await this.#passOn(stream, arrival, opening.bytes).finally(leave);
    } else {
      if (opening.kind === "too-large") {
        const status = 431;
        await writeWhole(stream, await finalResponse(new Response("too large", { status })));
      }
      closeQuietly(stream);
      leave();
    }
  }

  async #upgrade(
    { stream, head, early }: { stream: ByteStream; head: RequestHead; early: Uint8Array },
    arrival: Arrival,
  ): Promise<void> {
    const request = requestOf(head, arrival);
    const upgrade = request === undefined
      ? new Response("malformed request", { status: 400 })
      : this.#options.upgrade(request, arrival);
    if (upgrade instanceof Response) {
      await writeWhole(stream, await finalResponse(upgrade));
      await stream.closeWrite();
      return stream.close();
    }
    const key = head.headers.get("sec-websocket-key") ?? "";
    try {
      await writeWhole(stream, switchingProtocols({ key, protocol: upgrade.protocol }));
    } catch (error) {
      upgrade.abandon();
      throw error;
    }
    upgrade.open(stream, early);
  }

  async #passOn(outer: ByteStream, arrival: Arrival, first: Uint8Array): Promise<void> {
    const { hostname, port } = this.#inner.addr;
    const inner = await Deno.connect({ hostname, port });
    const { port: own } = inner.localAddr;
    this.#arrivals.set(own, arrival);
    try {
      inner.setNoDelay();
      const passing = pipe({ outer, inner, first, idleMs: this.#options.idleMs ?? 75_000 });
      this.#passing.add(passing);
      await passing.finally(() => this.#passing.delete(passing));
    } finally {
      this.#arrivals.delete(own);
    }
  }
}

function isNetAddr(address: Deno.Addr): address is Deno.NetAddr {
  return "hostname" in address;
}

function isTls(stream: Deno.Conn): stream is Deno.TlsConn {
  return "handshake" in stream;
}

function wantsWebSocket({ headers }: RequestHead): boolean {
  return headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** Undefined if the Host header makes no URL, or if nobody may make a request with the method. */
function requestOf(
  { method, target, headers }: RequestHead,
  { secure }: Arrival,
): Request | undefined {
  const origin = `${secure ? "https" : "http"}://${headers.get("host") ?? "localhost"}`;
  const url = URL.parse(target.startsWith("/") ? origin + target : target);
  return url === null ? undefined : attempt(() => new Request(url, { method, headers }));
}

/** The same stream, which says when it is closed. */
function withEnd(stream: ByteStream, ended: () => void): ByteStream {
  return {
    read: (buffer) => stream.read(buffer),
    write: (bytes) => stream.write(bytes),
    closeWrite: () => stream.closeWrite(),
    close: () => {
      ended();
      stream.close();
    },
  };
}
