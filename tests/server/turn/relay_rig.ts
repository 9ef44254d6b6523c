// A TURN server with a clock and a network of the test's own, and clients that speak to it.

import { assert } from "../../assert.ts";
import { messageKey } from "../../../server/turn/credentials.ts";
import { type Endpoint, type Family, readXorAddress } from "../../../server/turn/endpoint.ts";
import { isPublic } from "../../../server/turn/peer_policy.ts";
import type { PacketReceiver } from "../../../server/turn/relay_ports.ts";
import {
  addressAttribute,
  type Attribute,
  attributes,
  methods,
  newMask,
  numberAttribute,
  readStun,
  readText,
  type StunMessage,
  writeStun,
} from "../../../server/turn/stun_message.ts";
import type { TurnClient } from "../../../server/turn/turn_client.ts";
import { TurnServer, type TurnServerOptions } from "../../../server/turn/turn_server.ts";

/** The key that mints credentials. */
export const secret = "the key that mints credentials";
export const day = Date.UTC(2026, 0, 1);

/** A datagram that left the server by a port of the relay. */
export interface Sent {
  readonly from: number;
  readonly to: Endpoint;
  readonly bytes: Uint8Array;
}

interface RelayOptions extends Omit<TurnServerOptions, "ports"> {
  readonly noPorts: boolean;
  readonly range: readonly [number, number];
  readonly addresses: Partial<Record<Family, string>>;
}

/** A server and what is around it. */
export class Relay {
  now = 1_000;
  /** Ports that the system refuses to open. */
  readonly refused = new Set<number>();
  readonly open = new Map<number, PacketReceiver>();
  readonly outside: Sent[] = [];
  readonly server: TurnServer;

  constructor(more: Partial<RelayOptions> = {}) {
    const {
      noPorts = false,
      range = [50_000, 50_999],
      addresses = { ipv4: "5.6.7.8", ipv6: "2a00::8" },
      ...options
    } = more;
    this.server = new TurnServer({
      now: () => this.now,
      wallClock: () => day + this.now,
      secret,
      ports: {
        addresses,
        range,
        open: noPorts ? undefined : (port) => this.#open(port),
      },
      isPeerAllowed: isPublic,
      bandwidth: { total: undefined, perPeer: Infinity },
      limits: { allocationsPerPeer: 32, allocations: 1_000 },
      ...options,
    });
  }

  #open({ port, receive }: { port: number; family: Family; receive: PacketReceiver }) {
    if (this.refused.has(port) || this.open.has(port)) return undefined;
    this.open.set(port, receive);
    return {
      send: (bytes: Uint8Array, to: Endpoint) => {
        this.outside.push({ from: port, to, bytes: bytes.slice() });
        return undefined;
      },
      close: () => void this.open.delete(port),
    };
  }

  /** A packet of somebody outside for a port of the relay. */
  arrive(port: number, { bytes, from }: { bytes: Uint8Array; from: Endpoint }): void {
    const buffer = new Uint8Array(64 + bytes.length);
    buffer.set(bytes, 64);
    this.open.get(port)?.({ bytes: buffer.subarray(64), headroom: 64 }, from);
  }

  /** The time goes on, with a tick each second. */
  pass(seconds: number): void {
    for (let index = 0; index < seconds; index++) {
      this.now += 1_000;
      this.server.tick();
    }
  }

  /** A member of a room, with an address of their own. */
  member(peerId: string, options: Partial<ClientOptions> = {}): Client {
    this.server.admit(peerId);
    return new Client(this, { peerId, ...options });
  }
}

interface ClientOptions {
  readonly peerId: string;
  readonly address: Endpoint;
  readonly username: string;
  readonly password: string;
  readonly transport: TurnClient["transport"];
}

let port = 1_024;

/** One client over UDP, or over a stream. */
export class Client {
  readonly got: Uint8Array[] = [];
  readonly address: Endpoint;
  readonly username: string;
  key: Uint8Array;
  nonce = "";
  isClosed = false;
  readonly #relay: Relay;
  readonly #client: TurnClient;
  readonly stream: ReturnType<TurnServer["stream"]> | undefined;

  constructor(relay: Relay, options: Partial<ClientOptions> & { peerId: string }) {
    const { peerId, transport = "udp" } = options;
    this.#relay = relay;
    this.address = options.address ?? { hostname: "9.9.9.9", port: port++ };
    this.username = options.username ?? `${Math.floor(day / 1000) + 3_600}:${peerId}`;
    this.key = messageKey(this.username, options.password ?? secret);
    this.#client = {
      transport,
      address: this.address,
      send: (bytes) => {
        this.got.push(bytes.slice());
        return undefined;
      },
      close: () => void (this.isClosed = true),
    };
    if (transport !== "udp") this.stream = relay.server.stream(this.#client);
  }

  /** Sends bytes as they are. */
  give(bytes: Uint8Array): void {
    if (this.stream === undefined) this.#relay.server.datagram(this.#client, bytes);
    else this.isClosed ||= !this.stream.receive(bytes);
  }

  /** Takes the message that has come first; undefined: none has. */
  take(): StunMessage | undefined {
    const bytes = this.got.shift();
    return bytes && readStun(bytes);
  }

  /** The bytes of a request; it is signed if there is a nonce. */
  request(method: number, list: readonly Attribute[] = [], mask = newMask()): Uint8Array {
    return requestOf(this, { method, list, mask });
  }

  /** Sends a request; returns the answer, which there has to be. */
  ask(method: number, list: readonly Attribute[] = [], mask = newMask()): StunMessage {
    this.got.length = 0;
    this.give(this.request(method, list, mask));
    const answer = this.take();
    assert(answer, "an answer");
    return answer;
  }

  /** Allocates as browsers do: once without credentials, once with them; the answer. */
  allocate(list: readonly Attribute[] = []): StunMessage {
    const wanted = [udp, ...list];
    this.nonce = "";
    this.nonce = readText(this.ask(methods.allocate, wanted), attributes.nonce) ?? "";
    return this.ask(methods.allocate, wanted);
  }

  /** Allocates, which has to succeed; returns the relayed address. */
  relayed(list: readonly Attribute[] = []): Endpoint {
    const answer = this.allocate(list);
    const endpoint = addressOf(answer, attributes.xorRelayedAddress);
    assert(endpoint, `relayed, not ${codeOf(answer)}`);
    return endpoint;
  }

  /** The code of the answer to a CreatePermission for these peers; undefined: success. */
  permit(...peers: Endpoint[]): number | undefined {
    const mask = newMask();
    const list = peers.map((peer) => peerAttribute(peer, mask));
    return codeOf(this.ask(methods.createPermission, list, mask));
  }

  /** The code of the answer to a ChannelBind; undefined: success. */
  bind(number: number, peer: Endpoint): number | undefined {
    const mask = newMask();
    const list = [channelAttribute(number), peerAttribute(peer, mask)];
    return codeOf(this.ask(methods.channelBind, list, mask));
  }

  /** A Send indication. */
  send(peer: Endpoint, payload: Uint8Array): void {
    const mask = newMask();
    this.give(writeStun({
      method: methods.send,
      kind: "indication",
      mask,
      list: [peerAttribute(peer, mask), [attributes.data, payload]],
    }));
  }
}

/** By what a client signs. */
export interface Signer {
  readonly username: string;
  readonly key: Uint8Array;
  /** "": not known yet. */
  readonly nonce: string;
}

/** The bytes of a request; it is signed if there is a nonce. */
export function requestOf(
  { username, key, nonce }: Signer,
  { method, list = [], mask = newMask() }: {
    method: number;
    list?: readonly Attribute[];
    mask?: Uint8Array;
  },
): Uint8Array {
  const encoder = new TextEncoder();
  const credentials: Attribute[] = nonce === "" ? [] : [
    [attributes.username, encoder.encode(username)],
    [attributes.realm, encoder.encode("parley")],
    [attributes.nonce, encoder.encode(nonce)],
  ];
  return writeStun({
    method,
    kind: "request",
    mask,
    list: [...list, ...credentials],
    key: nonce === "" ? undefined : key,
  });
}

/** REQUESTED-TRANSPORT: UDP. */
export const udp: Attribute = [attributes.requestedTransport, Uint8Array.of(17, 0, 0, 0)];

export function channelAttribute(number: number): Attribute {
  return numberAttribute(attributes.channelNumber, number * 0x10000);
}

export function peerAttribute(endpoint: Endpoint, mask: Uint8Array): Attribute {
  return addressAttribute(attributes.xorPeerAddress, { endpoint, mask });
}

/** ChannelData. */
export function channelData(number: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(
    number >>> 8,
    number & 255,
    payload.length >>> 8,
    payload.length & 255,
    ...payload,
  );
}

export function addressOf(message: StunMessage, type: number): Endpoint | undefined {
  const value = message.found.get(type);
  return value && readXorAddress(value, message.mask);
}

/** The code of an error; undefined: none. */
export function codeOf({ found }: StunMessage): number | undefined {
  const value = found.get(attributes.errorCode);
  return value && (value[2] ?? 0) * 100 + (value[3] ?? 0);
}

/** What a Data indication holds. */
export function dataOf(
  message: StunMessage | undefined,
): { from: Endpoint; text: string } | undefined {
  const data = message?.found.get(attributes.data);
  const from = message && addressOf(message, attributes.xorPeerAddress);
  return data && from && { from, text: new TextDecoder().decode(data) };
}
