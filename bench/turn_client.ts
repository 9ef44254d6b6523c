/// <reference lib="deno.unstable" />
/** A TURN client for load: it allocates, binds channels, and counts what comes on them. */
import { Buffer } from "node:buffer";
import {
  addressOf,
  type Credentials,
  errorOf,
  placeOf,
  stunRequest,
  udpTransport,
} from "../server/doctor/stun.ts";
import {
  type Attribute,
  attributes,
  methods,
  numberAttribute,
  readStun,
  readText,
  type StunMessage,
} from "../server/turn/stun_message.ts";

/** Where a relay is, and what it lets in. */
export interface RelayAccess {
  readonly hostname: string;
  readonly port: number;
  readonly transport: "udp" | "tcp" | "tls";
  /** The authority that signed its certificate, PEM. */
  readonly ca?: string;
  readonly username: string;
  readonly password: string;
}

/** A message on a channel, or a datagram. The bytes are valid during the call only. */
export type Receive = (bytes: Uint8Array) => void;

/** Something that sends datagrams to its peer. */
export interface End {
  /** Sends one payload; a stream gathers them until `flush()`. */
  send(payload: Uint8Array): void;
  flush(): void;
  /** The local port of a datagram socket, to find what the system dropped on it. */
  readonly udpPort: number | undefined;
  onData: Receive;
  /** Ends an allocation: its port may soon be another client's, whom the relay would refuse. */
  end(): Promise<void>;
}

/** A datagram socket without a relay. */
export class PlainEnd implements End {
  onData: Receive = () => {};
  readonly udpPort: number;
  readonly #socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  #peer: Deno.NetAddr | undefined;

  constructor() {
    this.udpPort = portOf(this.#socket);
    readAll(this.#socket, (bytes) => this.onData(bytes));
  }

  /** Where it sends. */
  connect(hostname: string, port: number): void {
    this.#peer = { transport: "udp", hostname, port };
  }

  send(payload: Uint8Array): void {
    if (this.#peer !== undefined) drop(this.#socket.send(payload, this.#peer));
  }

  flush(): void {}

  end(): Promise<void> {
    this.#socket.close();
    return Promise.resolve();
  }
}

/** An allocation with one channel. */
export class RelayedEnd implements End {
  onData: Receive = () => {};
  readonly udpPort: number | undefined;
  /** "127.0.0.1:49152". */
  readonly relayed: string;
  readonly #wire: Wire;

  private constructor(wire: Wire, relayed: string) {
    this.#wire = wire;
    this.udpPort = wire.udpPort;
    this.relayed = relayed;
  }

  /** Allocates. */
  static async allocate(access: RelayAccess): Promise<RelayedEnd> {
    const wire = access.transport === "udp"
      ? new DatagramWire(access)
      : await StreamWire.connect(access);
    const list = [udpTransport];
    const challenge = await wire.ask(stunRequest(methods.allocate, { list }));
    const realm = readText(challenge, attributes.realm);
    const nonce = readText(challenge, attributes.nonce);
    if (realm === undefined || nonce === undefined) throw new Error("no TURN server answers");
    wire.credentials = { ...access, realm, nonce };
    const { credentials } = wire;
    const answer = await wire.ask(stunRequest(methods.allocate, { list, credentials }));
    const relayed = addressOf(answer, attributes.xorRelayedAddress);
    if (relayed === undefined) throw new Error(`the relay answered ${errorOf(answer)}`);
    const end = new RelayedEnd(wire, placeOf(relayed));
    wire.onData = (bytes) => end.onData(bytes);
    return end;
  }

  /** Binds the channel to a peer, "127.0.0.1:5000". */
  async bind(peer: string): Promise<void> {
    const [hostname = "", port] = peer.split(":");
    const answer = await this.#wire.ask(stunRequest(methods.channelBind, {
      list: [channelNumber],
      peers: [{ hostname, port: Number(port) }],
      credentials: this.#wire.credentials,
    }));
    if (answer.kind !== "success") throw new Error(`no channel: ${errorOf(answer)}`);
  }

  send(payload: Uint8Array): void {
    this.#wire.send(payload);
  }

  flush(): void {
    this.#wire.flush();
  }

  async end(): Promise<void> {
    const list = [numberAttribute(attributes.lifetime, 0)];
    const { credentials } = this.#wire;
    await this.#wire.ask(stunRequest(methods.refresh, { list, credentials }));
    this.#wire.close();
  }
}

const channel = 0x4000;
const channelHead = 4;
const channelNumber: Attribute = [
  attributes.channelNumber,
  Uint8Array.of(channel >> 8, channel & 0xff, 0, 0),
];

/** One connection to a relay. */
interface Wire {
  credentials: Credentials | undefined;
  onData: Receive;
  readonly udpPort: number | undefined;
  ask(request: Uint8Array): Promise<StunMessage>;
  send(payload: Uint8Array): void;
  flush(): void;
  close(): void;
}

function framed(payload: Uint8Array): Uint8Array {
  // Multiples of four, so that streams need no padding.
  const bytes = new Uint8Array(channelHead + payload.length);
  bytes[0] = channel >> 8;
  bytes[2] = payload.length >> 8;
  bytes[3] = payload.length & 0xff;
  bytes.set(payload, channelHead);
  return bytes;
}

/** Answers by their request, and data. */
class Inbox {
  readonly #waiting = new Map<string, (answer: StunMessage) => void>();
  onData: Receive = () => {};

  expect(request: Uint8Array): Promise<StunMessage> {
    return new Promise((resolve) => this.#waiting.set(transactionOf(request), resolve));
  }

  /** Takes one whole message. */
  take(bytes: Uint8Array): void {
    if (((bytes[0] ?? 0) & 0xc0) === 0x40) return this.onData(bytes.subarray(channelHead));
    // A copy, because the answer is read later.
    const answer = readStun(bytes.slice());
    if (answer === undefined) return;
    const key = transactionOf(bytes);
    this.#waiting.get(key)?.(answer);
    this.#waiting.delete(key);
  }
}

function transactionOf(message: Uint8Array): string {
  return Buffer.from(message.subarray(8, 20)).toString("hex");
}

class DatagramWire implements Wire {
  credentials: Credentials | undefined;
  readonly udpPort: number;
  readonly #socket = Deno.listenDatagram({ transport: "udp", hostname: "127.0.0.1", port: 0 });
  readonly #server: Deno.NetAddr;
  readonly #inbox = new Inbox();

  constructor({ hostname, port }: RelayAccess) {
    this.#server = { transport: "udp", hostname, port };
    this.udpPort = portOf(this.#socket);
    readAll(this.#socket, (bytes) => this.#inbox.take(bytes));
  }

  set onData(receive: Receive) {
    this.#inbox.onData = receive;
  }

  async ask(request: Uint8Array): Promise<StunMessage> {
    const answer = this.#inbox.expect(request);
    const send = () => drop(this.#socket.send(request, this.#server));
    const again = setInterval(send, 500);
    send();
    try {
      return await answer;
    } finally {
      clearInterval(again);
    }
  }

  send(payload: Uint8Array): void {
    drop(this.#socket.send(framed(payload), this.#server));
  }

  flush(): void {}

  close(): void {
    this.#socket.close();
  }
}

class StreamWire implements Wire {
  credentials: Credentials | undefined;
  readonly udpPort = undefined;
  readonly #connection: Deno.Conn;
  readonly #inbox = new Inbox();
  #queue: Uint8Array[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(connection: Deno.Conn) {
    this.#connection = connection;
    this.#read().catch(() => {});
  }

  static async connect({ hostname, port, transport, ca }: RelayAccess): Promise<StreamWire> {
    const connection = await Deno.connect({ hostname, port });
    connection.setNoDelay();
    if (transport === "tcp") return new StreamWire(connection);
    const caCerts = ca === undefined ? [] : [ca];
    return new StreamWire(await Deno.startTls(connection, { hostname, caCerts }));
  }

  set onData(receive: Receive) {
    this.#inbox.onData = receive;
  }

  ask(request: Uint8Array): Promise<StunMessage> {
    const answer = this.#inbox.expect(request);
    this.#queue.push(request);
    this.flush();
    return answer;
  }

  send(payload: Uint8Array): void {
    this.#queue.push(framed(payload));
  }

  flush(): void {
    if (this.#queue.length === 0) return;
    const bytes = Buffer.concat(this.#queue);
    this.#queue = [];
    this.#writing = this.#writing.then(() => this.#write(bytes)).catch(() => {});
  }

  close(): void {
    this.#connection.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      at += await this.#connection.write(bytes.subarray(at));
    }
  }

  async #read(): Promise<void> {
    const buffer = new Uint8Array(256 * 1024);
    let filled = 0;
    while (true) {
      const count = await this.#connection.read(buffer.subarray(filled));
      if (count === null) return;
      filled += count;
      let at = 0;
      while (filled - at >= channelHead) {
        const length = messageLength(buffer, at);
        if (filled - at < length) break;
        this.#inbox.take(buffer.subarray(at, at + length));
        at += length;
      }
      buffer.copyWithin(0, at, filled);
      filled -= at;
    }
  }
}

/** The length of the message at `at`; ChannelData is padded to four (RFC 8656, section 12.5). */
function messageLength(buffer: Uint8Array, at: number): number {
  const length = (buffer[at + 2] ?? 0) << 8 | (buffer[at + 3] ?? 0);
  return ((buffer[at] ?? 0) & 0xc0) === 0x40 ? channelHead + (length + 3 & ~3) : 20 + length;
}

function portOf(socket: Deno.DatagramConn): number {
  return socket.addr.transport === "udp" ? socket.addr.port : 0;
}

/** Reads until the socket is closed. */
async function readAll(socket: Deno.DatagramConn, receive: Receive): Promise<void> {
  const buffer = new Uint8Array(2048);
  try {
    while (true) receive((await socket.receive(buffer))[0]);
  } catch {
    // Closed by this program.
  }
}

/** A datagram that cannot be sent is lost, which the receiver counts. */
function drop(sending: Promise<unknown>): void {
  sending.catch(() => {});
}
