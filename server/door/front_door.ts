/**
 * Accepts connections and hands each to the part that answers it: WebSocket handshakes of HTTP/1.1
 * to `upgrade`, messages of STUN to `stun`, all other requests to `Deno.serve` on loopback.
 * Invariants:
 * 1 The accept loop ends only with its listener. An accept that fails, for want of file descriptors
 *   for example, is tried again after a pause.
 * 2 Before anything is read, a connection counts against its address.
 * 3 A connection that has not sent a whole head within `headMs` is closed; TLS counts in, and later
 *   requests on the same connection have the same time. So has a request for its response.
 * 4 A request that two programs could read in two ways is refused.
 */
import type { RequestFacts } from "../../signaling/mod.ts";
import type { Certificate } from "../tls/certificate.ts";
import type { ByteStream } from "../websocket/framed_socket.ts";
import { AddressPlaces } from "./address_places.ts";
import { Deadline } from "./deadline.ts";
import type { DoorOptions } from "./door_options.ts";
import { finalResponse, switchingProtocols } from "./handshake.ts";
import { HeldStream } from "./held_stream.ts";
import { type Arrival, InnerServer } from "./inner_server.ts";
import { Passage } from "./passage.ts";
import type { RequestHead } from "./request_head.ts";
import { type Opening, RequestReader } from "./request_reader.ts";
import { closeQuietly, endWith, writeWhole } from "./streams.ts";
import { TlsEntry } from "./tls_entry.ts";

/** One client, and what was read from it. */
interface Connection {
  readonly stream: ByteStream;
  readonly arrival: Arrival;
  readonly reader: RequestReader;
  readonly deadline: Deadline;
  readonly release: () => void;
}

/** The pause after an accept that failed, ms. */
const pauseMs = 100;
/** The content type of a record that is part of a handshake of TLS (RFC 8446, section 5.1). */
const handshakeRecord = 0x16;
/** Messages of STUN begin with 0 or 1 (RFC 8489, sections 5 and 18.1). */
const stunMost = 0x01;
/** A first record of TLS has some hundred bytes. */
const firstBytes = 1_024;

/** Answers the connections of any number of listeners. */
export class FrontDoor {
  readonly #options: DoorOptions;
  readonly #times: { readonly headMs: number; readonly idleMs: number };
  readonly #inner: InnerServer;
  readonly #places: AddressPlaces;
  readonly #listeners = new Map<Deno.TcpListener, TlsEntry | undefined>();
  readonly #passages = new Set<Passage>();

  constructor(options: DoorOptions) {
    const { answer, onError, headMs = 10_000, answerMs = 30_000, idleMs = 75_000 } = options;
    this.#options = options;
    this.#times = { headMs, idleMs };
    this.#places = new AddressPlaces(options.connectionsMost);
    this.#inner = new InnerServer({ answer, onError, answerMs });
  }

  /**
   * Accepts from a listener until remove(). `certificate`: that of its TLS, if clients encrypt.
   * Throws as `Deno.listenTls` does.
   */
  add(listener: Deno.TcpListener, certificate?: Certificate): void {
    const tls = certificate && new TlsEntry(certificate);
    this.#listeners.set(listener, tls);
    void this.#acceptAll(listener, tls);
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#places.count;
  }

  /** Closes a listener; connections that it has accepted go on. */
  remove(listener: Deno.TcpListener): void {
    this.#listeners.get(listener)?.close();
    this.#listeners.delete(listener);
    closeQuietly(listener);
  }

  /** Accepts no more connections; resolves when pending requests have their responses. */
  async close(): Promise<void> {
    for (const listener of this.#listeners.keys()) this.remove(listener);
    await this.#inner.close();
    // The inner server has given its responses away; the clients have yet to get them.
    await Promise.all([...this.#passages].map(({ end }) => end));
  }

  async #acceptAll(listener: Deno.TcpListener, tls: TlsEntry | undefined): Promise<void> {
    while (this.#listeners.has(listener)) {
      try {
        const stream = await listener.accept();
        void this.#welcome(stream, tls);
      } catch (error) {
        // That client has gone already; nothing is wrong with the listener.
        if (error instanceof Deno.errors.NotConnected) continue;
        if (!this.#listeners.has(listener)) return;
        await new Promise((resume) => setTimeout(resume, pauseMs));
      }
    }
  }

  /** Counts a connection for as long as it is open. */
  async #welcome(client: Deno.TcpConn, tls: TlsEntry | undefined): Promise<void> {
    const { remoteAddr } = client;
    const leave = this.#places.take(remoteAddr.hostname);
    if (leave === undefined) return closeQuietly(client);
    const stream = new HeldStream(client, leave);
    const deadline = new Deadline(() => stream.close());
    deadline.set(this.#times.headMs);
    try {
      // A frame must not wait until the client has acknowledged the one before.
      client.setNoDelay();
      const arrival = { remoteAddr, secure: tls !== undefined };
      const parts = { stream, arrival, deadline, release: leave };
      if (tls === undefined) return await this.#serve(parts);
      const early = await readFirst(stream);
      const [first = 0xff] = early;
      if (first <= stunMost) {
        const plain = { ...parts, arrival: { ...arrival, secure: false } };
        return await this.#serve({ ...plain, early });
      }
      if (first !== handshakeRecord) return stream.close();
      await tls.pass(
        stream,
        early,
        (decrypted) => void this.#serve({ ...parts, ...decrypted }),
      );
    } catch {
      // The client has gone.
      stream.close();
    }
    deadline.end();
  }

  /** Never rejects. `early`: what was read of the stream. */
  async #serve(
    { early, isHttp2 = false, ...parts }: Omit<Connection, "reader"> & {
      early?: Uint8Array<ArrayBuffer>;
      isHttp2?: boolean;
    },
  ): Promise<void> {
    const { stream, deadline } = parts;
    const connection = { ...parts, reader: new RequestReader(stream, early) };
    // An error: the client has gone, or its time is over.
    const isTaken = await this.#receive(connection, { isHttp2 }).catch(() => false);
    deadline.end();
    if (!isTaken) closeQuietly(stream);
  }

  /** Whether something has taken the connection over. */
  async #receive(connection: Connection, { isHttp2 }: { isHttp2: boolean }): Promise<boolean> {
    const { stream, arrival, reader, release } = connection;
    const opening = isHttp2 ? { kind: "http2" } as const : await reader.next();
    switch (opening.kind) {
      case "request":
      case "malformed":
        return await this.#handleRequests(opening, connection);
      case "http2":
        return await this.#passHttp2(connection);
      case "stun":
        if (this.#options.stun === undefined) return false;
        this.#options.stun({ stream, early: reader.unread, arrival, release });
        return true;
      case "foreign":
      case "ended":
        return false;
      default:
        return opening satisfies never;
    }
  }

  /** HTTP/1: passes requests on until one is a handshake, or is refused. */
  async #handleRequests(first: Opening, connection: Connection): Promise<boolean> {
    const { stream, reader, deadline } = connection;
    const { headMs, idleMs } = this.#times;
    let passage: Passage | undefined;
    let opening = first;
    try {
      while (opening.kind === "request" && !wantsWebSocket(opening.head)) {
        deadline.setIdle(idleMs);
        passage ??= await this.#open(connection);
        if (passage === undefined) return await refuse(stream, 503, "no connection is free now");
        await passage.request(opening.bytes, opening.head.method);
        for (let part; (part = await reader.bodyPart()) !== undefined;) {
          deadline.note();
          await passage.pass(part);
        }
        deadline.setIdle(idleMs);
        opening = opening.head.isLast
          ? { kind: "ended" }
          : await reader.next(() => deadline.set(headMs));
      }
      if (opening.kind === "ended") {
        await passage?.finish();
        return false;
      }
      deadline.setIdle(idleMs);
      if (passage !== undefined && !await passage.handOver()) {
        await passage.finish();
        return false;
      }
      deadline.set(headMs);
      if (opening.kind === "request") return await this.#upgrade(opening.head, connection);
      const status = opening.kind === "malformed" ? opening.status : 400;
      return await refuse(stream, status, "malformed request");
    } catch (error) {
      passage?.cut();
      throw error;
    }
  }

  async #upgrade(head: RequestHead, { stream, arrival, reader }: Connection): Promise<boolean> {
    const request = handshakeOf(head, arrival);
    if (request === undefined) return await refuse(stream, 400, "malformed request");
    const upgrade = this.#options.upgrade(request, arrival);
    if (upgrade instanceof Response) {
      await endWith(stream, await finalResponse(upgrade));
      return false;
    }
    const key = head.headers.get("sec-websocket-key") ?? "";
    try {
      await writeWhole(stream, switchingProtocols({ key, protocol: upgrade.protocol }));
    } catch (error) {
      upgrade.abandon();
      throw error;
    }
    upgrade.open(stream, reader.unread);
    return true;
  }

  /** HTTP/2: everything goes to the inner server. */
  async #passHttp2(connection: Connection): Promise<false> {
    const { stream, reader, deadline } = connection;
    deadline.setIdle(this.#times.idleMs);
    const passage = await this.#open(connection);
    if (passage === undefined) return false;
    try {
      await passage.pass(reader.unread);
      const buffer = new Uint8Array(16_384);
      for (let count; (count = await stream.read(buffer)) !== null;) {
        deadline.note();
        await passage.pass(buffer.subarray(0, count));
      }
      await passage.finish();
    } finally {
      passage.cut();
    }
    return false;
  }

  /** Undefined: the inner server cannot be reached now. */
  async #open({ stream: outer, arrival, deadline }: Connection): Promise<Passage | undefined> {
    try {
      const passage = await Passage.open({ outer, deadline, arrival, server: this.#inner });
      this.#passages.add(passage);
      void passage.end.then(() => this.#passages.delete(passage));
      return passage;
    } catch {
      return undefined;
    }
  }
}

/** What a client sends first; none: it has ended. */
async function readFirst(stream: ByteStream): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(firstBytes);
  return buffer.subarray(0, await stream.read(buffer) ?? 0);
}

/** HTTP/1.0 has no upgrades (RFC 9110, section 7.8). */
function wantsWebSocket({ minor, headers }: RequestHead): boolean {
  return minor === 1 && headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** Undefined if it has a body or no URL. */
function handshakeOf(
  { method, target, headers, body }: RequestHead,
  { secure }: Arrival,
): RequestFacts | undefined {
  const scheme = secure ? "https" : "http";
  const isOrigin = target.startsWith("/");
  const url = URL.parse(isOrigin ? `${scheme}://${headers.get("host")}${target}` : target);
  return url === null || body !== 0 ? undefined : { method, url: url.href, headers };
}

async function refuse(stream: ByteStream, status: number, text: string): Promise<false> {
  await endWith(stream, await finalResponse(new Response(text, { status })));
  return false;
}
