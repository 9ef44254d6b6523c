/**
 * What a store has, as plain data: the model that all implementations of `ClusterStore` are
 * compared with. Each method is one command, carried out at one moment.
 */
import type { NodeId } from "../../signaling/core/core_types.ts";
import {
  abandonedMs,
  lastingField,
  lastingMs,
  type Lease,
  leaseMs,
  type LeaseState,
  type NodeInfo,
  renewEveryMs,
  type RoomChange,
  type RoomRecord,
  type Taken,
} from "../../signaling/cluster/cluster_store.ts";

/** Who holds a room. `until`: by the store's clock. */
export interface Holding {
  readonly node: NodeId;
  readonly fence: number;
  readonly until: number;
}

/** What the store has of a room. The times are those at which it expires. */
interface Record {
  readonly fields: Map<string, string>;
  until: number;
  /** The field that lasts longer. */
  readonly lasting: string | undefined;
  /** The fence under which that was written. */
  readonly lastingFence: number;
  lastingUntil: number;
}

/** `at()`: the store's clock, ms since the epoch. */
export class StoreState {
  readonly #at: () => number;
  readonly #leases = new Map<string, Holding>();
  /** The newest fence of each room. */
  readonly #fences = new Map<string, number>();
  readonly #records = new Map<string, Record>();
  readonly #nodes = new Map<NodeId, { readonly info: NodeInfo; readonly until: number }>();
  #key: Uint8Array | undefined;

  constructor(at: () => number) {
    this.#at = at;
  }

  take(node: NodeId, room: string): Taken {
    const present = this.holderOf(room);
    if (present !== undefined && present.node !== node) {
      return { kind: "held", node: present.node };
    }
    const fence = Math.max(this.#at(), this.#newestFence(room) + 1);
    const stored = this.read(room) ?? new Map();
    this.#hold({ node, room, fence });
    return { kind: "taken", fence, stored };
  }

  renew(node: NodeId, lease: Lease): LeaseState {
    if (!this.#prolong(node, lease)) return "lost";
    return this.#isRecorded(lease.room) ? "held" : "rewrite";
  }

  commit(
    node: NodeId,
    { lease, change }: { readonly lease: Lease; readonly change: RoomChange },
  ): LeaseState {
    if (!this.#prolong(node, lease)) return "lost";
    const { room, fence } = lease;
    if (!change.whole && !this.#isRecorded(room)) return "rewrite";
    const before = this.#records.get(room);
    const known = change.whole ? new Map<string, string>() : this.read(room) ?? new Map();
    const fields = new Map([...known, ...change.set]);
    for (const field of change.remove) fields.delete(field);
    const lasting = fields.get(lastingField);
    fields.delete(lastingField);
    this.#records.set(room, {
      fields,
      until: this.#at() + abandonedMs,
      lasting,
      lastingFence: change.set.has(lastingField) ? fence : before?.lastingFence ?? 0,
      lastingUntil: this.#at() + lastingMs,
    });
    return "held";
  }

  release(node: NodeId, { lease, forget }: { readonly lease: Lease; readonly forget: boolean }) {
    const present = this.holderOf(lease.room);
    if (present?.node !== node || present.fence !== lease.fence) return;
    this.#leases.delete(lease.room);
    if (forget) this.#records.delete(lease.room);
  }

  read(room: string): RoomRecord | undefined {
    const record = this.#records.get(room);
    const fields = new Map(this.#isRecorded(room) ? record?.fields : []);
    const { lasting, lastingUntil = 0 } = record ?? {};
    const lasts = lasting !== undefined && lastingUntil > this.#at();
    if (lasts) fields.set(lastingField, lasting);
    return lasts || this.#isRecorded(room) ? fields : undefined;
  }

  rooms(): string[] {
    return [...this.#records.keys()].filter((room) => this.read(room) !== undefined);
  }

  announce(info: NodeInfo): boolean {
    this.#nodes.set(info.node, { info, until: this.#at() + 3 * renewEveryMs });
    return this.nodes().every(({ node }) => node === info.node);
  }

  withdraw(node: NodeId): void {
    this.#nodes.delete(node);
  }

  nodes(): NodeInfo[] {
    return [...this.#nodes.values()]
      .filter(({ until }) => until > this.#at())
      .map(({ info }) => info);
  }

  sharedKey(offered: Uint8Array): Uint8Array {
    return this.#key ??= offered;
  }

  /** Who holds a room now. */
  holderOf(room: string): Holding | undefined {
    const holding = this.#leases.get(room);
    return holding !== undefined && holding.until > this.#at() ? holding : undefined;
  }

  /** The time of a lease is over. */
  expire(room: string): void {
    this.#leases.delete(room);
  }

  /** Nobody has held a room for so long that its record has expired. */
  abandon(room: string): void {
    this.expire(room);
    const record = this.#records.get(room);
    if (record !== undefined) record.until = this.#at();
  }

  /** Loses everything, as a server without persistence does at its end. */
  lose(): void {
    for (const map of [this.#leases, this.#fences, this.#records, this.#nodes]) map.clear();
    this.#key = undefined;
  }

  /** Prolongs a lease, or takes it again; false: another lease of the room is newer. */
  #prolong(node: NodeId, { room, fence }: Lease): boolean {
    const present = this.holderOf(room);
    if (present !== undefined && (present.node !== node || present.fence !== fence)) return false;
    if (this.#newestFence(room) > fence) return false;
    this.#hold({ node, room, fence });
    return true;
  }

  #hold({ node, room, fence }: { node: NodeId; room: string; fence: number }): void {
    this.#leases.set(room, { node, fence, until: this.#at() + leaseMs });
    this.#fences.set(room, fence);
    const record = this.#records.get(room);
    if (record === undefined) return;
    if (this.#isRecorded(room)) record.until = this.#at() + abandonedMs;
    record.lastingUntil = this.#at() + lastingMs;
  }

  #newestFence(room: string): number {
    return Math.max(this.#fences.get(room) ?? 0, this.#records.get(room)?.lastingFence ?? 0);
  }

  /** Whether there is more than what lasts. */
  #isRecorded(room: string): boolean {
    return (this.#records.get(room)?.until ?? 0) > this.#at();
  }
}
