/// <reference lib="deno.unstable" />
// A client of the relay over real sockets: UDP, TCP or TLS.

import { assert, assertEquals } from "../assert.ts";
import type { Credentials } from "../../server/doctor/stun.ts";
import type { Endpoint } from "../../server/turn/endpoint.ts";
import { StreamFraming } from "../../server/turn/stream_framing.ts";
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
import {
  addressOf,
  channelAttribute,
  channelData,
  codeOf,
  dataOf,
  peerAttribute,
  requestOf,
  type Signer,
  udp,
} from "../server/turn/relay_rig.ts";
import { createHash } from "node:crypto";

/** What a member got with its welcome. */
export type Granted = Pick<Credentials, "username" | "password">;

/** Sends and receives whole messages. */
interface Carrier {
  send(message: Uint8Array): Promise<unknown>;
  /** Undefined: the server has closed the connection. */
  receive(): Promise<Uint8Array | undefined>;
  close(): void;
}

/** A time that means "never", ms. */
const patienceMs = 25_000;

/** One 5-tuple. */
export class RelayClient implements Disposable {
  /** Bytes that have come and gone. */
  readonly bytes = { in: 0, out: 0 };
  readonly #carrier: Carrier;
  #granted: Granted = { username: "", password: "" };
  #nonce = "";
  #isClosed = false;

  private constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** Over UDP, on loopback. `from`: the client's own address. */
  static overUdp(port: number, from = "127.0.0.1"): RelayClient {
    return new RelayClient(datagrams(port, from));
  }

  /** Over a connection that is open. */
  static over(connection: Deno.Conn): RelayClient {
    return new RelayClient(stream(connection));
  }

  /** Over TCP, on loopback. */
  static async overTcp(port: number): Promise<RelayClient> {
    return RelayClient.over(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Over TLS, to a server that has this certificate. */
  static async overTls(port: number, cert: string): Promise<RelayClient> {
    const options = { hostname: "localhost", port, caCerts: [cert] };
    return RelayClient.over(await Deno.connectTls(options));
  }

  /** The next message of any kind; undefined: the server has closed the connection. */
  async next(): Promise<Uint8Array | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("nothing came from the relay")), patienceMs);
    });
    try {
      const message = await Promise.race([this.#carrier.receive(), late]);
      this.bytes.in += message?.length ?? 0;
      return message;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits until the server closes the connection; all that comes before. */
  async rest(): Promise<Uint8Array[]> {
    const messages: Uint8Array[] = [];
    for (;;) {
      const message = await this.next();
      if (message === undefined) return messages;
      messages.push(message);
    }
  }

  /** Sends bytes as they are. */
  async send(bytes: Uint8Array): Promise<void> {
    this.bytes.out += bytes.length;
    await this.#carrier.send(bytes);
  }

  /** By what its requests are signed. */
  get signer(): Signer {
    const { username, password } = this.#granted;
    const key = createHash("md5").update(`${username}:parley:${password}`).digest();
    return { username, key, nonce: this.#nonce };
  }

  /** The bytes of a request, signed if there are credentials. */
  request(method: number, list: readonly Attribute[] = [], mask = newMask()): Uint8Array {
    return requestOf(this.signer, { method, list, mask });
  }

  /** Sends a request; the answer, which has to be the next message. */
  async ask(
    method: number,
    list: readonly Attribute[] = [],
    mask = newMask(),
  ): Promise<StunMessage> {
    await this.send(this.request(method, list, mask));
    const bytes = await this.next();
    const answer = bytes && readStun(bytes);
    assert(answer?.mask.toHex() === mask.toHex(), `no answer but ${bytes?.toHex()}`);
    return answer;
  }

  /** Sends bytes; what comes before the answer to a request that follows them. */
  async answersTo(bytes: Uint8Array): Promise<StunMessage[]> {
    const last = newMask();
    await this.send(bytes);
    await this.send(
      writeStun({ method: methods.binding, kind: "request", mask: last, list: [] }),
    );
    const answers: StunMessage[] = [];
    for (;;) {
      const message = await this.next();
      const answer = message && readStun(message);
      assert(answer, `no answer but ${message?.toHex()}`);
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

  /** Asks for a nonce, and signs from now on. */
  async become(granted: Granted): Promise<void> {
    this.#granted = granted;
    this.#nonce = "";
    this.#nonce = readText(await this.ask(methods.allocate, [udp]), attributes.nonce) ?? "";
  }

  /** Allocates as browsers do: the relayed address, or the code of the refusal. */
  async allocate(granted: Granted, list: readonly Attribute[] = []): Promise<Endpoint | number> {
    await this.become(granted);
    const answer = await this.ask(methods.allocate, [udp, ...list]);
    return addressOf(answer, attributes.xorRelayedAddress) ?? codeOf(answer) ?? 0;
  }

  /** Allocates, which has to succeed. */
  async relayed(granted: Granted, list: readonly Attribute[] = []): Promise<Endpoint> {
    const relayed = await this.allocate(granted, list);
    assert(typeof relayed !== "number", `refused with ${relayed}`);
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

  /** Sends by a Send indication. */
  async sendTo(peer: Endpoint, payload: Uint8Array): Promise<void> {
    const mask = newMask();
    const list: Attribute[] = [peerAttribute(peer, mask), [attributes.data, payload]];
    await this.send(writeStun({ method: methods.send, kind: "indication", mask, list }));
  }

  /** Sends by a channel. */
  async sendBy(number: number, payload: Uint8Array): Promise<void> {
    await this.send(channelData(number, payload));
  }

  /** The text in the next Data indication. */
  async hear(): Promise<string | undefined> {
    const bytes = await this.next();
    return bytes && dataOf(readStun(bytes))?.text;
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#carrier.close();
  }
}

function datagrams(port: number, from: string): Carrier {
  const socket = Deno.listenDatagram({ hostname: from, port: 0, transport: "udp" });
  const hostname = from.includes(":") ? "::1" : "127.0.0.1";
  return {
    send: (message) => socket.send(message, { hostname, port, transport: "udp" }),
    receive: () => socket.receive().then(([message]) => message, () => undefined),
    close: () => socket.close(),
  };
}

function stream(connection: Deno.Conn): Carrier {
  const framing = new StreamFraming();
  const messages: Uint8Array[] = [];
  return {
    async send(message) {
      for (let rest = message; rest.length > 0;) {
        rest = rest.subarray(await connection.write(rest));
      }
    },
    async receive() {
      while (messages.length === 0) {
        const buffer = new Uint8Array(65_536);
        const count = await connection.read(buffer).catch(() => null);
        if (count === null) return undefined;
        framing.push(buffer.subarray(0, count), {
          isTrusted: () => true,
          receive: (message) => void messages.push(message.slice()),
        });
      }
      return messages.shift();
    },
    close: () => connection.close(),
  };
}
