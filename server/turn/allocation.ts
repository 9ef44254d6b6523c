/** One allocation (RFC 8656, section 2.2): a client, its relayed address, whom it lets through. */
import type { Endpoint } from "./endpoint.ts";
import type { TakenPort } from "./relay_ports.ts";
import type { TurnClient } from "./turn_client.ts";

/** Whom packets may come from and go to (RFC 8656, section 9). */
export interface Permission {
  /** Whether packets may leave this server; otherwise they go to its own allocations only. */
  readonly isOutside: boolean;
  /** Its end, ms. */
  readonly until: number;
}

/** A peer with a number (RFC 8656, section 12). */
export interface Channel {
  readonly number: number;
  readonly peer: Endpoint;
  /** Its end, ms. */
  readonly until: number;
}

/** How long permissions and channels last (RFC 8656, sections 9 and 12), ms. */
const permissionMs = 300_000;
const channelMs = 600_000;
/** More than any call needs, so that no client can fill the memory. */
const permissionsMost = 128;
const channelsMost = 128;

/** What an allocation is made of. */
export interface AllocationFacts {
  readonly client: TurnClient;
  /** The member that it belongs to. */
  readonly peerId: string;
  /** The transaction that made it. */
  readonly transaction: string;
  readonly taken: TakenPort;
  /** Its end, ms. */
  until: number;
}

/** The state of one allocation. */
export class Allocation {
  readonly facts: AllocationFacts;
  readonly #permissions = new Map<string, Permission>();
  readonly #byNumber = new Map<number, Channel>();
  readonly #byPeer = new Map<string, Channel>();

  constructor(facts: AllocationFacts) {
    this.facts = facts;
  }

  /** The permission for an address. */
  permission(hostname: string): Permission | undefined {
    return this.#permissions.get(hostname);
  }

  /**
   * Permits addresses from now on. `list`: whether packets for each may leave this server. False:
   * there are too many, and nothing has changed.
   */
  permit(list: ReadonlyMap<string, boolean>, now: number): boolean {
    const added = [...list.keys()].filter((hostname) => !this.#permissions.has(hostname));
    if (this.#permissions.size + added.length > permissionsMost) return false;
    for (const [hostname, isOutside] of list) {
      this.#permissions.set(hostname, { isOutside, until: now + permissionMs });
    }
    return true;
  }

  /** The channel of a number, while it is bound. */
  channel(number: number): Channel | undefined {
    return this.#byNumber.get(number);
  }

  /** The channel of a peer, while it is bound. */
  channelOf({ hostname, port }: Endpoint): Channel | undefined {
    return this.#byPeer.get(`${hostname} ${port}`);
  }

  /**
   * Binds or renews a channel, and permits its peer. "clash": its number or its peer has another
   * one; "full": there are too many. Then nothing has changed.
   */
  bind(
    { number, peer, isOutside }: Pick<Channel, "number" | "peer"> & Pick<Permission, "isOutside">,
    now: number,
  ): "bound" | "clash" | "full" {
    const name = `${peer.hostname} ${peer.port}`;
    const byPeer = this.#byPeer.get(name);
    const byNumber = this.#byNumber.get(number);
    if (byPeer !== byNumber) return "clash";
    if (byNumber === undefined && this.#byNumber.size >= channelsMost) return "full";
    if (!this.permit(new Map([[peer.hostname, isOutside]]), now)) return "full";
    const channel = { number, peer, until: now + channelMs };
    this.#byNumber.set(number, channel);
    this.#byPeer.set(name, channel);
    return "bound";
  }

  /** Drops what has ended by `now`. */
  expire(now: number): void {
    for (const [hostname, { until }] of this.#permissions) {
      if (until <= now) this.#permissions.delete(hostname);
    }
    for (const [number, { peer, until }] of this.#byNumber) {
      if (until > now) continue;
      this.#byNumber.delete(number);
      this.#byPeer.delete(`${peer.hostname} ${peer.port}`);
    }
  }
}
