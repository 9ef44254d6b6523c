/** Asks STUN and TURN servers (RFC 8489, RFC 8656), as a browser would. */
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { type Endpoint, readXorAddress } from "../turn/endpoint.ts";
import { StreamFraming } from "../turn/stream_framing.ts";
import {
  addressAttribute,
  type Attribute,
  attributes,
  newMask,
  readStun,
  type StunMessage,
  writeStun,
} from "../turn/stun_message.ts";

/** Long-term credentials of one request (RFC 8489, section 9.2). */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly realm: string;
  readonly nonce: string;
}

const encoder = new TextEncoder();

/** REQUESTED-TRANSPORT: UDP. */
export const udpTransport: Attribute = [attributes.requestedTransport, Uint8Array.of(17, 0, 0, 0)];

/** The bytes of a request. `list` and `peers`: attributes besides the credentials. */
export function stunRequest(
  method: number,
  { list = [], peers = [], credentials }: {
    list?: readonly Attribute[];
    peers?: readonly Endpoint[];
    credentials?: Credentials | undefined;
  } = {},
): Uint8Array {
  const mask = newMask();
  const named = peers.map((endpoint) =>
    addressAttribute(attributes.xorPeerAddress, { endpoint, mask })
  );
  const all = [...list, ...named];
  if (credentials === undefined) return writeStun({ method, kind: "request", mask, list: all });
  const { username, password, realm, nonce } = credentials;
  all.push(
    [attributes.username, encoder.encode(username)],
    [attributes.realm, encoder.encode(realm)],
    [attributes.nonce, encoder.encode(nonce)],
  );
  const key = createHash("md5").update(`${username}:${realm}:${password}`).digest();
  return writeStun({ method, kind: "request", mask, list: all, key });
}

/** The error code of an answer, 300 to 699; undefined: it has none. */
export function errorOf({ found }: StunMessage): number | undefined {
  const [, , hundreds, rest] = found.get(attributes.errorCode) ?? [];
  return hundreds === undefined || rest === undefined ? undefined : hundreds % 8 * 100 + rest;
}

/** The address in an attribute; undefined: there is none. */
export function addressOf({ found, mask }: StunMessage, type: number): Endpoint | undefined {
  const value = found.get(type);
  return value && readXorAddress(value, mask);
}

/** An address as in a URL: "192.0.2.1:3478". */
export function placeOf({ hostname, port }: Endpoint): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

const patienceMs = 3_000;
/** Time until a datagram is sent again, because it may be lost. */
const resendMs = 700;

interface Wait {
  readonly isWanted: (message: StunMessage) => boolean;
  readonly resolve: (message: StunMessage) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to a STUN or TURN server. */
export class StunConnection implements Disposable {
  readonly #write: (bytes: Uint8Array) => void;
  readonly #close: () => void;
  readonly #resends: boolean;
  readonly #waits = new Set<Wait>();

  private constructor(
    { write, close, resends }: {
      write: (bytes: Uint8Array) => void;
      close: () => void;
      resends: boolean;
    },
  ) {
    this.#write = write;
    this.#close = close;
    this.#resends = resends;
  }

  /** Connects over UDP; each request is sent again until it is answered. */
  static overUdp(hostname: string, port: number): StunConnection {
    const socket = createSocket(hostname.includes(":") ? "udp6" : "udp4");
    const connection = new StunConnection({
      write: (bytes) => socket.send(bytes, port, hostname),
      close: () => socket.close(),
      resends: true,
    });
    socket.on("error", (error: Error) => connection.#fail(error));
    socket.on("message", (bytes: Uint8Array) => connection.#receive(bytes));
    return connection;
  }

  /** Connects over TCP or TLS. */
  static async overTcp(
    hostname: string,
    { port, tls }: { port: number; tls: boolean },
  ): Promise<StunConnection> {
    const opened = await within<Deno.Conn>(
      tls ? Deno.connectTls({ hostname, port }) : Deno.connect({ hostname, port }),
    );
    const connection = new StunConnection({
      write: (bytes) => void opened.write(bytes).catch((error) => connection.#fail(error)),
      close: () => opened.close(),
      resends: false,
    });
    connection.#readAll(opened).catch((error) => connection.#fail(error));
    return connection;
  }

  /** Sends a request; rejects if no answer comes in time. */
  async ask(request: Uint8Array): Promise<StunMessage> {
    const asked = readStun(request);
    const answer = this.next(({ kind, mask }) =>
      kind !== "indication" && asked?.mask.every((byte, index) => byte === mask[index]) === true
    );
    this.#write(request);
    const again = this.#resends ? setInterval(() => this.#write(request), resendMs) : undefined;
    try {
      return await answer;
    } finally {
      clearInterval(again);
    }
  }

  /** The next message that is wanted; rejects if none comes in time. */
  async next(isWanted: (message: StunMessage) => boolean): Promise<StunMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<StunMessage>();
    const wait = { isWanted, resolve, reject };
    this.#waits.add(wait);
    try {
      return await within(promise);
    } finally {
      this.#waits.delete(wait);
    }
  }

  [Symbol.dispose](): void {
    this.#close();
  }

  async #readAll(opened: Deno.Conn): Promise<void> {
    const framing = new StreamFraming();
    const take = { isTrusted: () => true, receive: (bytes: Uint8Array) => this.#receive(bytes) };
    for (;;) {
      const chunk = new Uint8Array(2_048);
      const count = await opened.read(chunk);
      if (count === null) throw new Error("the connection was closed");
      if (!framing.push(chunk.subarray(0, count), take)) throw new Error("the answer is not STUN");
    }
  }

  #receive(bytes: Uint8Array): void {
    const message = readStun(bytes);
    if (message === undefined) return;
    for (const { isWanted, resolve } of this.#waits) if (isWanted(message)) resolve(message);
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waits) reject(error);
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: number | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer")), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
