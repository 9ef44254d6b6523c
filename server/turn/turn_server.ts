/**
 * The built-in STUN and TURN server (RFC 8489, RFC 8656), without sockets and without a clock.
 * Invariants:
 * 1 Nothing that a client or a peer sends makes it throw, or keeps memory beyond `TurnLimits`.
 * 2 Only members have allocations; those of a member end when the membership does.
 * 3 A packet leaves this server only for an address that `isPeerAllowed` lets through.
 * 4 A packet for the relayed address of another allocation never touches a socket of the relay.
 */
import type { Allocation } from "./allocation.ts";
import { Allocations } from "./allocations.ts";
import { AnswerBudget } from "./answer_budget.ts";
import { authenticate, type Judge } from "./authentication.ts";
import { Bandwidth, type BandwidthLimits } from "./bandwidth.ts";
import { realm } from "./credentials.ts";
import { Nonces } from "./nonces.ts";
import { channelHeadBytes, Relaying } from "./relaying.ts";
import { RelayPorts, type RelayPortsOptions } from "./relay_ports.ts";
import { type Answer, answerRequest, refuse, type TurnLimits } from "./requests.ts";
import { isChannel, StreamFraming } from "./stream_framing.ts";
import {
  addressAttribute,
  type Attribute,
  attributes,
  errorAttribute,
  isStun,
  methods,
  readPeers,
  readStun,
  type StunMessage,
  writeStun,
} from "./stun_message.ts";
import type { TurnClient } from "./turn_client.ts";
import { noCounts, type TurnCounts } from "./turn_counts.ts";

/** How a server works. */
export interface TurnServerOptions {
  /** A clock that never goes back, ms. */
  readonly now: () => number;
  /** The time of day, ms since the epoch. */
  readonly wallClock: () => number;
  /** The key that mints credentials. */
  readonly secret: string;
  readonly ports: RelayPortsOptions;
  /** Whether packets may leave this server for an address in canonical form. */
  readonly isPeerAllowed: (hostname: string) => boolean;
  readonly bandwidth: BandwidthLimits;
  readonly limits: TurnLimits;
}

/** A client over TCP or TLS. */
export interface TurnStream {
  /**
   * Takes the next bytes, which it keeps as long as it needs. False: the connection has to be
   * closed, because what comes is no message.
   */
  receive(chunk: Uint8Array): boolean;
  /** Whether it has an allocation; until then it deserves little patience. */
  isAllocated(): boolean;
  /** The connection has ended, and with it the allocation. */
  close(): void;
}

const encoder = new TextEncoder();

/** Answers clients and relays their packets. */
export class TurnServer {
  /** Counted since the start. */
  readonly counts: TurnCounts = noCounts();
  readonly #options: TurnServerOptions;
  readonly #allocations = new Allocations();
  readonly #ports: RelayPorts;
  readonly #relaying: Relaying;
  readonly #members = new Set<string>();
  readonly #judge: Judge;
  readonly #budget = new AnswerBudget();

  constructor(options: TurnServerOptions) {
    this.#options = options;
    this.#ports = new RelayPorts(options.ports);
    this.#relaying = new Relaying({
      allocations: this.#allocations,
      bandwidth: new Bandwidth(options.bandwidth, options.now),
      counts: this.counts,
    });
    this.#judge = {
      secret: options.secret,
      nonces: new Nonces(options.now),
      isMember: (peerId) => this.#members.has(peerId),
    };
  }

  /** From now on the credentials of a peer count. */
  admit(peerId: string): void {
    this.#members.add(peerId);
  }

  /** From now on they do not; its allocations end. */
  revoke(peerId: string): void {
    this.#members.delete(peerId);
    for (const allocation of [...this.#allocations.ofPeer(peerId)]) {
      this.#end(allocation);
      allocation.facts.client.close?.();
    }
  }

  /**
   * A datagram of a client. The client is kept only if it allocates. The buffer may be used again
   * when the promise has resolved; undefined: at once.
   */
  datagram(client: TurnClient, bytes: Uint8Array): Promise<unknown> | undefined {
    return this.#receive(client, bytes);
  }

  /** A connection of a client, which begins with a message of STUN. */
  stream(client: TurnClient): TurnStream {
    const framing = new StreamFraming();
    const isAllocated = () => this.#allocations.of(client) !== undefined;
    const receive = (message: Uint8Array) => void this.#receive(client, message);
    return {
      receive: (chunk) => framing.push(chunk, { isTrusted: isAllocated, receive }),
      isAllocated,
      close: () => {
        const allocation = this.#allocations.of(client);
        if (allocation !== undefined) this.#end(allocation);
      },
    };
  }

  /** Ends what has expired; due once a second. */
  tick(): void {
    const now = this.#options.now();
    this.#ports.expire(now);
    for (const allocation of [...this.#allocations]) {
      if (allocation.facts.until <= now) this.#end(allocation);
      else allocation.expire(now);
    }
  }

  /** Ends all allocations. */
  close(): void {
    for (const allocation of [...this.#allocations]) this.#end(allocation);
    this.#ports.expire(Infinity);
  }

  #receive(client: TurnClient, bytes: Uint8Array): Promise<unknown> | undefined {
    const [first = 0] = bytes;
    if (isChannel(first)) return this.#channelData(client, bytes);
    const message = isStun(bytes) ? readStun(bytes) : undefined;
    if (message?.kind === "request") return this.#answer(client, { message, asked: bytes.length });
    if (message?.kind === "indication") return this.#indication(client, message);
    this.counts.drops.malformed++;
  }

  #channelData(client: TurnClient, bytes: Uint8Array): Promise<unknown> | undefined {
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    const length = (c << 8) | d;
    const allocation = this.#allocations.of(client);
    const channel = allocation?.channel((a << 8) | b);
    if (!allocation || !channel || bytes.length < channelHeadBytes + length) {
      this.counts.drops.malformed++;
      return undefined;
    }
    const payload = bytes.subarray(channelHeadBytes, channelHeadBytes + length);
    return this.#relaying.toPeer(
      allocation,
      { bytes: payload, headroom: channelHeadBytes },
      channel.peer,
    );
  }

  /** A Send indication (RFC 8656, section 11.2); others are ignored. */
  #indication(client: TurnClient, message: StunMessage): Promise<unknown> | undefined {
    if (message.method === methods.binding) return undefined;
    const allocation = this.#allocations.of(client);
    const payload = message.found.get(attributes.data);
    const peer = readPeers(message)?.[0];
    const isSend = message.method === methods.send && message.unknown.length === 0;
    if (!isSend || !allocation || !payload || !peer) {
      this.counts.drops.malformed++;
      return undefined;
    }
    // The attribute has a head of 4 bytes.
    return this.#relaying.toPeer(allocation, { bytes: payload, headroom: 4 }, peer);
  }

  #answer(
    client: TurnClient,
    { message, asked }: { message: StunMessage; asked: number },
  ): Promise<unknown> | undefined {
    const answer = this.#decide(client, message);
    const { list, code, user } = answer;
    if (code !== undefined) this.counts.refusals[code] = (this.counts.refusals[code] ?? 0) + 1;
    const bytes = writeStun({
      method: message.method,
      kind: code === undefined ? "success" : "error",
      mask: message.mask,
      list: code === undefined ? list : [errorAttribute(code), ...list],
      key: user?.key,
      fingerprint: message.hasFingerprint,
    });
    if (client.transport === "udp") {
      const { hostname } = client.address;
      const now = this.#options.now();
      // A signed request has the nonce that only its sender got.
      if (user !== undefined) this.#budget.prove(hostname, now);
      if (!this.#budget.take(hostname, { now, asked, answered: bytes.length })) {
        this.counts.drops.budget++;
        return undefined;
      }
    }
    return client.send(bytes);
  }

  #decide(client: TurnClient, message: StunMessage): Answer {
    if (message.unknown.length > 0) return refuse(420, [unknownAttributes(message.unknown)]);
    const { mask } = message;
    if (message.method === methods.binding) {
      const endpoint = client.address;
      return { list: [addressAttribute(attributes.xorMappedAddress, { endpoint, mask })] };
    }
    const judged = authenticate(message, { client, judge: this.#judge });
    if (judged.kind === "error") return refuse(judged.code, this.#challenge(judged.code, client));
    const { user } = judged;
    const { now, wallClock, isPeerAllowed, limits } = this.#options;
    return {
      ...answerRequest(message, {
        client,
        user,
        limits,
        isPeerAllowed,
        now: now(),
        at: wallClock(),
        ports: this.#ports,
        allocations: this.#allocations,
        add: (allocation) => this.#add(allocation),
        end: (allocation) => this.#end(allocation),
      }),
      user,
    };
  }

  #add(allocation: Allocation): void {
    this.#allocations.add(allocation);
    allocation.facts.taken.attach((packet, from) =>
      this.#relaying.fromOutside(allocation, packet, from)
    );
    this.counts.allocated++;
    this.counts.allocations = this.#allocations.size;
  }

  /** RFC 8489, section 9.2.4: what a client needs to sign its next request. */
  #challenge(code: number, client: TurnClient): readonly Attribute[] {
    if (code === 400) return [];
    return [
      [attributes.realm, encoder.encode(realm)],
      [attributes.nonce, encoder.encode(this.#judge.nonces.mint(client.address))],
    ];
  }

  #end(allocation: Allocation): void {
    this.#allocations.remove(allocation);
    this.counts.allocations = this.#allocations.size;
    allocation.facts.taken.release();
  }
}

function unknownAttributes(types: readonly number[]): Attribute {
  const value = new Uint8Array(2 * types.length);
  types.forEach((type, index) => {
    value[2 * index] = type >>> 8;
    value[2 * index + 1] = type & 0xff;
  });
  return [attributes.unknownAttributes, value];
}
