/**
 * Takes the streams of clients over in the worker. A connection cannot be passed to a worker, so
 * this process makes one over loopback for each, and passes the bytes on. Invariants:
 * 1 A connection of any other program of this machine is closed.
 * 2 A client that does not read costs what `StreamWriter` keeps; further packets are dropped.
 * 3 A client that has no allocation after `patienceMs`, or has one no longer, is closed.
 */
import { closeQuietly } from "../door/streams.ts";
import { headBytesMost, readHead, type StreamClient } from "./stream_head.ts";
import { StreamWriter } from "./stream_writer.ts";
import type { TurnClient } from "./turn_client.ts";
import type { TurnServer, TurnStream } from "./turn_server.ts";

/** The time for a head, ms. This process sends it at once. */
const headMs = 2_000;
/** The time until a client has an allocation, and after its end, ms. */
const patienceMs = 10_000;
/** The pause after an accept that failed, ms. */
const pauseMs = 100;
/** An idle client has small buffers, a busy one larger ones. */
const readBytesLeast = 2_048;
const readBytesMost = 65_536;
const lineEnd = 0x0a;

/** One client. */
interface Bridged {
  readonly stream: TurnStream;
  readonly connection: Deno.TcpConn;
  /** When it last had an allocation, or began, ms. */
  aliveAt: number;
}

/** What a bridge needs. */
export interface StreamBridgeOptions {
  readonly server: TurnServer;
  readonly token: string;
  /** A clock that never goes back, ms. */
  readonly now: () => number;
  /** A client has an allocation. `port`: that of the other end of its connection. */
  readonly onAllocated: (port: number) => void;
  /** A packet was dropped because its client does not read. */
  readonly onDrop: () => void;
}

/** Accepts connections on a port of loopback. */
export class StreamBridge {
  readonly #options: StreamBridgeOptions;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #bridged = new Set<Bridged>();

  constructor(options: StreamBridgeOptions) {
    this.#options = options;
    void this.#acceptAll();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Closes clients without an allocation; due once a second. */
  tick(): void {
    const now = this.#options.now();
    for (const bridged of this.#bridged) {
      if (bridged.stream.isAllocated()) bridged.aliveAt = now;
      else if (now - bridged.aliveAt >= patienceMs) closeQuietly(bridged.connection);
    }
  }

  /** Accepts no more connections and closes those that it has. */
  close(): void {
    closeQuietly(this.#listener);
    for (const { connection } of this.#bridged) closeQuietly(connection);
  }

  async #acceptAll(): Promise<void> {
    for (;;) {
      try {
        void this.#serve(await this.#listener.accept());
      } catch (error) {
        if (error instanceof Deno.errors.BadResource) return;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }

  /** Never rejects. */
  async #serve(connection: Deno.TcpConn): Promise<void> {
    const late = setTimeout(() => closeQuietly(connection), headMs);
    try {
      connection.setNoDelay();
      const opening = await readOpening(connection, this.#options.token);
      clearTimeout(late);
      if (opening !== undefined) await this.#relay(connection, opening);
    } catch {
      // The other end has closed.
    } finally {
      clearTimeout(late);
      closeQuietly(connection);
    }
  }

  async #relay(
    connection: Deno.TcpConn,
    { client: { transport, address }, rest }: Opening,
  ): Promise<void> {
    const { server, now, onAllocated, onDrop } = this.#options;
    const close = () => closeQuietly(connection);
    const writer = new StreamWriter(connection, close);
    const client: TurnClient = {
      transport,
      address,
      send: (bytes) => void (writer.write(bytes) || onDrop()),
      close,
    };
    const stream = server.stream(client);
    const bridged: Bridged = { stream, connection, aliveAt: now() };
    this.#bridged.add(bridged);
    let isKnown = false;
    const receive = (chunk: Uint8Array) => {
      if (!stream.receive(chunk)) return false;
      if (!isKnown && stream.isAllocated()) {
        isKnown = true;
        onAllocated(connection.remoteAddr.port);
      }
      return true;
    };
    try {
      if (receive(rest)) await readAll(connection, receive);
    } finally {
      this.#bridged.delete(bridged);
      stream.close();
    }
  }
}

interface Opening {
  readonly client: StreamClient;
  /** What came behind the head. */
  readonly rest: Uint8Array;
}

/** Undefined: the connection is of another program. */
async function readOpening(
  connection: Deno.TcpConn,
  token: string,
): Promise<Opening | undefined> {
  const buffer = new Uint8Array(readBytesLeast);
  let length = 0;
  for (;;) {
    const count = await connection.read(buffer.subarray(length));
    if (count === null) return undefined;
    length += count;
    const end = buffer.subarray(0, Math.min(length, headBytesMost)).indexOf(lineEnd);
    if (end >= 0) {
      const client = readHead(buffer.subarray(0, end), token);
      return client && { client, rest: buffer.subarray(end + 1, length) };
    }
    if (length >= headBytesMost) return undefined;
  }
}

/**
 * Reads until the end, or until `receive` returns false. It may keep what it gets, so no byte of a
 * buffer is read into twice.
 */
async function readAll(
  connection: Deno.TcpConn,
  receive: (chunk: Uint8Array) => boolean,
): Promise<void> {
  let size = readBytesLeast;
  let buffer = new Uint8Array(size);
  for (let at = 0;;) {
    if (buffer.length - at < size / 2) {
      buffer = new Uint8Array(size);
      at = 0;
    }
    const wanted = buffer.length - at;
    const count = await connection.read(buffer.subarray(at));
    if (count === null || !receive(buffer.subarray(at, at + count))) return;
    at += count;
    size = count === wanted ? readBytesMost : count < readBytesLeast ? readBytesLeast : size;
  }
}
