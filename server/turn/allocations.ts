/** All allocations, by client, by relayed address and by member. */
import type { Allocation } from "./allocation.ts";
import type { Endpoint } from "./endpoint.ts";
import type { TurnClient } from "./turn_client.ts";

/** Finds allocations. */
export class Allocations {
  /** Over UDP a client is known by its address alone. */
  readonly #byAddress = new EndpointMap<Allocation>();
  readonly #byStream = new Map<TurnClient, Allocation>();
  readonly #byRelayed = new EndpointMap<Allocation>();
  readonly #byPeer = new Map<string, Set<Allocation>>();
  #size = 0;

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** That of a client. */
  of(client: TurnClient): Allocation | undefined {
    return client.transport === "udp"
      ? this.#byAddress.get(client.address)
      : this.#byStream.get(client);
  }

  /** That which has a relayed address. */
  at(relayed: Endpoint): Allocation | undefined {
    return this.#byRelayed.get(relayed);
  }

  /** Those of a member. */
  ofPeer(peerId: string): ReadonlySet<Allocation> {
    return this.#byPeer.get(peerId) ?? new Set();
  }

  /** Adds one whose client has none. */
  add(allocation: Allocation): void {
    const { client, taken, peerId } = allocation.facts;
    if (client.transport === "udp") this.#byAddress.set(client.address, allocation);
    else this.#byStream.set(client, allocation);
    this.#byRelayed.set(taken.relayed, allocation);
    const own = this.#byPeer.get(peerId) ?? new Set();
    this.#byPeer.set(peerId, own.add(allocation));
    this.#size++;
  }

  /** Removes one that was added. */
  remove(allocation: Allocation): void {
    const { client, taken, peerId } = allocation.facts;
    if (client.transport === "udp") this.#byAddress.delete(client.address);
    else this.#byStream.delete(client);
    this.#byRelayed.delete(taken.relayed);
    const own = this.#byPeer.get(peerId);
    own?.delete(allocation);
    if (own?.size === 0) this.#byPeer.delete(peerId);
    this.#size--;
  }

  *[Symbol.iterator](): Generator<Allocation> {
    for (const own of this.#byPeer.values()) yield* own;
  }
}

/** A map by address and port. It makes no text of both, which would cost more than the search. */
export class EndpointMap<T> {
  readonly #hosts = new Map<string, Map<number, T>>();

  get({ hostname, port }: Endpoint): T | undefined {
    return this.#hosts.get(hostname)?.get(port);
  }

  set({ hostname, port }: Endpoint, value: T): void {
    const ports = this.#hosts.get(hostname) ?? new Map<number, T>();
    this.#hosts.set(hostname, ports.set(port, value));
  }

  delete({ hostname, port }: Endpoint): void {
    const ports = this.#hosts.get(hostname);
    ports?.delete(port);
    if (ports?.size === 0) this.#hosts.delete(hostname);
  }
}
