/** Chooses the ports that packets of allocations come from, and keeps those that are reserved. */
import { randomBytes, randomInt } from "node:crypto";
import type { Endpoint, Family } from "./endpoint.ts";

/** A UDP port of the relay. */
export interface RelayPort {
  /** As TurnClient.send(). */
  send(bytes: Uint8Array, to: Endpoint): Promise<unknown> | undefined;
  close(): void;
}

/** A packet of a peer: `bytes` has `headroom` free bytes before it in the same buffer. */
export type PacketReceiver = (
  packet: { readonly bytes: Uint8Array; readonly headroom: number },
  from: Endpoint,
) => Promise<unknown> | undefined;

/** Opens a UDP port; undefined: it is in use, or no more can be opened. */
export type OpenRelay = (options: {
  readonly family: Family;
  readonly port: number;
  /** The buffer of a packet is used again when the promise has resolved; undefined: at once. */
  readonly receive: PacketReceiver;
}) => RelayPort | undefined;

/** The ports of the relay. */
export interface RelayPortsOptions {
  /** The addresses that peers see, for each family that there is. */
  readonly addresses: Partial<Readonly<Record<Family, string>>>;
  /** The first and the last port. */
  readonly range: readonly [first: number, last: number];
  /** Undefined: no port is opened; allocations reach each other only. */
  readonly open: OpenRelay | undefined;
}

/** A port that is taken for an allocation. */
export interface TakenPort {
  readonly relayed: Endpoint;
  readonly port: RelayPort | undefined;
  /** Says who gets the packets of peers from now on. */
  attach(receive: PacketReceiver): void;
  /** Gives the port back. */
  release(): void;
}

/** How often another port is tried before there is none. */
const tries = 64;
/** How long the second port of a pair is kept (RFC 8656, section 7.2), ms. */
const reservedMs = 30_000;
/** Ports that are kept at once; no browser asks for one. */
const reservedMost = 64;

/** Takes and gives back ports. */
export class RelayPorts {
  readonly #options: RelayPortsOptions;
  readonly #used: Readonly<Record<Family, Set<number>>> = { ipv4: new Set(), ipv6: new Set() };
  readonly #reserved = new Map<string, { readonly taken: TakenPort; readonly until: number }>();

  constructor(options: RelayPortsOptions) {
    this.#options = options;
  }

  /** Whether there is an address of this family. */
  has(family: Family): boolean {
    return this.#options.addresses[family] !== undefined;
  }

  /** Takes any port, or an even one; undefined: none is free. */
  take(family: Family, { isEven = false } = {}): TakenPort | undefined {
    const [first, last] = this.#options.range;
    const size = last - first + 1;
    // Nobody can foresee the first one; the next ones find what is free in a small range.
    const start = randomInt(size);
    for (let index = 0; index < tries; index++) {
      const port = first + (start + index) % size;
      const taken = this.#open(family, isEven ? port & ~1 : port);
      if (taken !== undefined) return taken;
    }
    return undefined;
  }

  /** Takes an even port and keeps the next one for who has the token, 8 bytes. */
  takePair(family: Family, now: number): { taken: TakenPort; token: Uint8Array } | undefined {
    if (this.#reserved.size >= reservedMost) return undefined;
    for (let index = 0; index < tries; index++) {
      const taken = this.take(family, { isEven: true });
      if (taken === undefined) return undefined;
      const next = this.#open(family, taken.relayed.port + 1);
      if (next === undefined) {
        taken.release();
        continue;
      }
      const token = randomBytes(8);
      this.#reserved.set(token.toString("hex"), { taken: next, until: now + reservedMs });
      return { taken, token };
    }
    return undefined;
  }

  /** Takes the port that was kept for a token; undefined: there is none, or no longer. */
  redeem(token: Uint8Array): TakenPort | undefined {
    const name = token.toHex();
    const reserved = this.#reserved.get(name);
    this.#reserved.delete(name);
    return reserved?.taken;
  }

  /** Gives back kept ports that nobody has taken by `now`. */
  expire(now: number): void {
    for (const [name, { taken, until }] of this.#reserved) {
      if (until > now) continue;
      this.#reserved.delete(name);
      taken.release();
    }
  }

  #open(family: Family, number: number): TakenPort | undefined {
    const { addresses, open, range: [first, last] } = this.#options;
    const hostname = addresses[family];
    const used = this.#used[family];
    if (hostname === undefined || number < first || number > last || used.has(number)) {
      return undefined;
    }
    let receiver: PacketReceiver = () => undefined;
    const port = open?.({
      family,
      port: number,
      receive: (packet, from) => receiver(packet, from),
    });
    if (open !== undefined && port === undefined) return undefined;
    used.add(number);
    return {
      relayed: { hostname, port: number },
      port,
      attach: (receive) => receiver = receive,
      release: () => {
        receiver = () => undefined;
        used.delete(number);
        port?.close();
      },
    };
  }
}
