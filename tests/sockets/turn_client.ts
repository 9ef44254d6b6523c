/// <reference lib="deno.unstable" />
// A client of the relay over real sockets: UDP, TCP or TLS.

import { assert } from "../assert.ts";
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
const patienceMs = 10_000;
const encoder = new TextEncoder();

/** One 5-tuple. */
export class RelayClient implements Disposable {
  readonly #carrier: Carrier;
  #granted: Granted | undefined;
  #nonce = "";

  private constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** Over UDP, on loopback. */
  static overUdp(port: number): RelayClient {
    return new RelayClient(datagrams({ hostname: "127.0.0.1", port }));
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
      return await Promise.race([this.#carrier.receive(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends bytes as they are. */
  async send(bytes: Uint8Array): Promise<void> {
    await this.#carrier.send(bytes);
  }

  /** Sends a request, signed if there are credentials; the answer. */
  async ask(
    method: number,
    list: readonly Attribute[] = [],
    mask = newMask(),
  ): Promise<StunMessage> {
    const granted = this.#nonce === "" ? undefined : this.#granted;
    const credentials: Attribute[] = granted === undefined ? [] : [
      [attributes.username, encoder.encode(granted.username)],
      [attributes.realm, encoder.encode("parley")],
      [attributes.nonce, encoder.encode(this.#nonce)],
    ];
    const key = granted && keyOf(granted);
    await this.send(
      writeStun({ method, kind: "request", mask, list: [...list, ...credentials], key }),
    );
    const bytes = await this.next();
    const answer = bytes && readStun(bytes);
    assert(answer, "an answer of STUN");
    return answer;
  }

  /** Allocates as browsers do: the relayed address, or the code of the refusal. */
  async allocate(granted: Granted): Promise<Endpoint | number> {
    this.#granted = granted;
    this.#nonce = "";
    this.#nonce = readText(await this.ask(methods.allocate, [udp]), attributes.nonce) ?? "";
    const answer = await this.ask(methods.allocate, [udp]);
    return addressOf(answer, attributes.xorRelayedAddress) ?? codeOf(answer) ?? 0;
  }

  /** Allocates, which has to succeed. */
  async relayed(granted: Granted): Promise<Endpoint> {
    const relayed = await this.allocate(granted);
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
    this.#carrier.close();
  }
}

function keyOf({ username, password }: Granted): Uint8Array {
  return createHash("md5").update(`${username}:parley:${password}`).digest();
}

function datagrams({ hostname, port }: Endpoint): Carrier {
  const socket = Deno.listenDatagram({ hostname, port: 0, transport: "udp" });
  return {
    send: (message) => socket.send(message, { hostname, port, transport: "udp" }),
    receive: async () => (await socket.receive())[0],
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
