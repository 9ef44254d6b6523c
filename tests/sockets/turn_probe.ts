// A client of the relay over real sockets, that sends what a test gives it.

import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { assert, assertEquals, fail } from "../assert.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import {
  type Attribute,
  attributes,
  methods,
  newMask,
  readStun,
  readText,
  type StunMessage,
  writeStun,
} from "../../server/turn/stun_message.ts";
import type { Endpoint } from "../../server/turn/endpoint.ts";
import {
  addressOf,
  channelAttribute,
  codeOf,
  peerAttribute,
  requestOf,
  type Signer,
  udp,
} from "../server/turn/relay_rig.ts";
import { Client } from "./client.ts";

const patienceMs = 20_000;

/** A server that relays. `await using` ends it. */
export class RelayServer implements AsyncDisposable {
  readonly server: RunningServer;
  readonly #folder: string;
  readonly #http: Deno.HttpClient;

  private constructor(server: RunningServer, { folder, certificates }: {
    folder: string;
    certificates: string[];
  }) {
    this.server = server;
    this.#folder = folder;
    this.#http = Deno.createHttpClient({ caCerts: certificates });
  }

  /** Starts a server whose clients need no origin, and waits until it relays. */
  static async start(args: readonly string[] = []): Promise<RelayServer> {
    const folder = await Deno.makeTempDir();
    const more = ["--allow-origin", "*", "--state-dir", folder];
    const server = await startServer({ args: [...more, ...args] });
    await waitFor(() => server.output.includes('"relaying"'), { what: "the relay" });
    const certificates = args.includes("--tls-self-signed")
      ? [await Deno.readTextFile(`${folder}/self-signed.pem`)]
      : [];
    return new RelayServer(server, { folder, certificates });
  }

  /** That of pages and of the relay. */
  get port(): number {
    return Number(new URL(this.server.url).port);
  }

  /** Somebody comes into a room. */
  async join(): Promise<Member> {
    const url = `${this.server.url.replace(/^http/, "ws")}/ws`;
    const client = new Client(url, { client: this.#http });
    await client.opened;
    client.say({ type: "join", room: "tea", name: "Ann" });
    const { iceServers } = await client.hear("welcome");
    assert(Array.isArray(iceServers));
    const { username, credential } = iceServers.find(({ urls }) => String(urls).includes("turn:"));
    return new Member(client, { username, credential });
  }

  /** Fails if anything went wrong that the server did not expect. */
  expectNoFaults(): void {
    assertEquals(this.server.output.match(/.*"level":"(error|fatal)".*/g), null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close();
    await this.server.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** What a page gets to use the relay. */
export interface Credentials {
  readonly username: string;
  readonly credential: string;
}

/** Somebody in a room. `await using` makes them leave. */
export class Member implements AsyncDisposable {
  readonly #client: Client;
  readonly credentials: Credentials;

  constructor(client: Client, credentials: Credentials) {
    this.#client = client;
    this.credentials = credentials;
  }

  /** Says that they leave; resolves when the server has handled it. */
  async leave(): Promise<void> {
    const after = this.#client.heard.length;
    this.#client.say({ type: "leave" });
    this.#client.say({ type: "ping" });
    await this.#client.hear("tick", after);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.leave();
  }
}

/** One socket to the relay. */
export class Probe implements Disposable {
  /** Messages that have come. */
  readonly got: Uint8Array[] = [];
  /** Resolves when the server has closed the stream. */
  readonly closed: Promise<void>;
  isClosed = false;
  /** Bytes that have come and gone. */
  readonly bytes = { in: 0, out: 0 };
  nonce = "";
  #credentials: Credentials = { username: "", credential: "" };
  #held = new Uint8Array();
  #write: (bytes: Uint8Array) => void = () => {};
  #end: () => void = () => {};
  #wake = () => {};
  #close: () => void = () => {};

  private constructor() {
    this.closed = new Promise((resolve) =>
      this.#close = () => {
        this.isClosed = true;
        resolve();
        this.#wake();
      }
    );
  }

  /** A socket of UDP. `from`: its own address. */
  static async udp(port: number, from = "127.0.0.1"): Promise<Probe> {
    const probe = new Probe();
    const socket = createSocket({ type: from.includes(":") ? "udp6" : "udp4" });
    socket.on("message", (message: Uint8Array) => probe.#receive(new Uint8Array(message)));
    socket.on("error", () => {});
    await new Promise<void>((resolve) => socket.bind(0, from, resolve));
    const to = from.includes(":") ? "::1" : "127.0.0.1";
    probe.#write = (bytes) => socket.send(bytes, port, to);
    probe.#end = () => socket.close();
    // Deno may send in any order what it gets before the socket has sent for the first time.
    await probe.ask(methods.binding);
    return probe;
  }

  /** A connection of TCP, or of TLS. */
  static async stream(port: number, { secure = false } = {}): Promise<Probe> {
    const probe = new Probe();
    const place = { host: "127.0.0.1", port };
    const socket = secure
      ? connectTls({ ...place, rejectUnauthorized: false })
      : connect({ ...place });
    socket.on("data", (chunk: Uint8Array) => probe.#receiveChunk(chunk));
    socket.on("error", () => {});
    socket.on("close", () => probe.#close());
    const connected = new Promise((resolve) =>
      socket.once(secure ? "secureConnect" : "connect", resolve)
    );
    await Promise.race([connected, probe.closed]);
    assert(!probe.isClosed, "the server accepts no connection");
    probe.#write = (bytes) => void (socket.writable && socket.write(bytes));
    probe.#end = () => void socket.destroy();
    return probe;
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  send(bytes: Uint8Array): void {
    this.bytes.out += bytes.length;
    this.#write(bytes.slice());
  }

  /** Takes the next message; fails if none comes. */
  async next(): Promise<Uint8Array> {
    const late = performance.now() + patienceMs;
    for (;;) {
      const message = this.got.shift();
      if (message !== undefined) return message;
      if (this.isClosed) fail("the server closed the stream");
      if (performance.now() > late) fail("no message came");
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, patienceMs);
      });
      clearTimeout(timer);
    }
  }

  /** Who signs the requests from now on; the nonce is asked for. */
  async become(credentials: Credentials): Promise<void> {
    this.#credentials = credentials;
    this.nonce = "";
    this.nonce = readText(await this.ask(methods.allocate, [udp]), attributes.nonce) ?? "";
  }

  get signer(): Signer {
    const { username, credential } = this.#credentials;
    const key = createHash("md5").update(`${username}:parley:${credential}`).digest();
    return { username, key, nonce: this.nonce };
  }

  request(method: number, list: readonly Attribute[] = [], mask = newMask()): Uint8Array {
    return requestOf(this.signer, { method, list, mask });
  }

  /** Sends a request, and returns the next message, which has to be the answer. */
  async ask(
    method: number,
    list: readonly Attribute[] = [],
    mask = newMask(),
  ): Promise<StunMessage> {
    this.send(this.request(method, list, mask));
    const message = await this.next();
    const answer = readStun(message);
    assert(answer?.mask.toHex() === mask.toHex(), `another message: ${message.toHex()}`);
    return answer;
  }

  /** Sends bytes, and returns what comes before the answer to a request that follows them. */
  async answersTo(bytes: Uint8Array): Promise<StunMessage[]> {
    const last = newMask();
    this.send(bytes);
    this.send(writeStun({ method: methods.binding, kind: "request", mask: last, list: [] }));
    const answers: StunMessage[] = [];
    for (;;) {
      const answer = readStun(await this.next());
      assert(answer, "an answer is a message");
      if (answer.mask.toHex() === last.toHex()) return answers;
      answers.push(answer);
    }
  }

  /** The code of the only answer to some bytes; undefined: there is none, or it is no error. */
  async codeFor(bytes: Uint8Array): Promise<number | undefined> {
    const [answer, ...more] = await this.answersTo(bytes);
    assertEquals(more, []);
    return answer && codeOf(answer);
  }

  /** The relayed address, or the code of an error. */
  async allocate(
    credentials: Credentials,
    list: readonly Attribute[] = [],
  ): Promise<Endpoint | number> {
    await this.become(credentials);
    const answer = await this.ask(methods.allocate, [udp, ...list]);
    return addressOf(answer, attributes.xorRelayedAddress) ?? codeOf(answer) ?? 0;
  }

  /** The relayed address; there has to be one. */
  async relayed(credentials: Credentials, list: readonly Attribute[] = []): Promise<Endpoint> {
    const relayed = await this.allocate(credentials, list);
    assert(typeof relayed === "object", `refused: ${relayed}`);
    return relayed;
  }

  /** The code of the answer to a CreatePermission; undefined: success. */
  async permit(peer: Endpoint): Promise<number | undefined> {
    const mask = newMask();
    return codeOf(await this.ask(methods.createPermission, [peerAttribute(peer, mask)], mask));
  }

  /** The code of the answer to a ChannelBind; undefined: success. */
  async bind(number: number, peer: Endpoint): Promise<number | undefined> {
    const mask = newMask();
    const list = [channelAttribute(number), peerAttribute(peer, mask)];
    return codeOf(await this.ask(methods.channelBind, list, mask));
  }

  #receive(message: Uint8Array): void {
    this.bytes.in += message.length;
    this.got.push(message);
    this.#wake();
  }

  /** Cuts a stream into its messages. */
  #receiveChunk(chunk: Uint8Array): void {
    let held = new Uint8Array([...this.#held, ...chunk]);
    for (;;) {
      const [first = 0, , high = 0, low = 0] = held;
      const data = (high << 8) + low;
      const length = first < 0x40 ? 20 + data : 4 + data + (4 - data % 4) % 4;
      if (held.length < 4 || held.length < length) break;
      this.#receive(held.slice(0, length));
      held = held.slice(length);
    }
    this.#held = held;
  }
}
