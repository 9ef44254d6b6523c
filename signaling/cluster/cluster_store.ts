/**
 * What the nodes of a cluster share, as its code sees it: leases on rooms, the record of each room,
 * and messages between nodes. Redis implements it (server/cluster/); the simulation has a model of
 * it. Times are ms.
 *
 * Invariants that every implementation keeps:
 *  1 At any moment at most one node holds the lease of a room.
 *  2 The fence of a room only grows, even if the store has lost everything: it is at least the
 *    store's clock in ms since the epoch.
 *  3 A change of a room's record is applied whole or not at all, and only for the newest lease.
 *  4 Messages of one node to another arrive in the order in which they were sent, each at most
 *    once. Any of them may be lost.
 */
import { serverLimits } from "../../protocol/mod.ts";
import type { NodeId } from "../core/core_types.ts";
import type { RecordChange, RoomRecord } from "../core/room_record.ts";

export type { RoomRecord };

/** How long a lease lasts without renewal, ms. */
export const leaseMs = 10_000;
/** How often a holder renews its leases, ms. */
export const renewEveryMs = 3_000;
/** A command that the store has not answered after this many ms has failed. */
export const storePatienceMs = 1_000;

/**
 * A record expires when no node has held its room for this long, ms: time for another node to take
 * the room after a crash, and for its members to come back. Nobody is told later what was said in a
 * room that everybody has left.
 */
export const abandonedMs = 45_000;
/** The field of a record that lasts longer: what owners decided. */
export const lastingField = "kept";
/** The lasting field expires when no node has held the room for this long, ms. */
export const lastingMs: number = serverLimits.emptyRoomKeptMs;

/** A lease that a node holds or has held. */
export interface Lease {
  readonly room: string;
  /** The fencing number: a newer lease of this room has a higher one. */
  readonly fence: number;
}

/** A change of a room's record. */
export interface RoomChange extends RecordChange {
  /** Whether `set` is the whole record: all other fields are removed. */
  readonly whole: boolean;
}

/** The result of trying to take a lease. */
export type Taken =
  /** `stored`: the record of the room; empty if there is none. */
  | { readonly kind: "taken"; readonly fence: number; readonly stored: RoomRecord }
  | { readonly kind: "held"; readonly node: NodeId };

/**
 * What became of a lease: it is held; it is held, but the store has lost the record or the newest
 * changes of it, so it must be committed whole; another node has taken the room since.
 */
export type LeaseState = "held" | "rewrite" | "lost";

/** A node as the others see it. */
export interface NodeInfo {
  readonly node: NodeId;
  readonly version: string;
  /** Whether it may be asked to take another room. */
  readonly takesRooms: boolean;
  /** How many rooms it is the home of. */
  readonly rooms: number;
  /** When its cluster began, ms since the epoch: no node has known its rooms for longer. */
  readonly since: number;
}

/**
 * The store, as one node is connected to it. Every promise rejects if the store is not reachable or
 * has not answered within `storePatienceMs`; whether it has carried out the command is then
 * unknown.
 */
export interface ClusterStore {
  /** Whether the store answers. `onOnline` of the connection is called at each change. */
  readonly isOnline: boolean;
  /**
   * Takes the lease of a room if nobody has it. A node that has it already, because an answer was
   * lost, gets it again with a higher fence.
   */
  take(room: string): Promise<Taken>;
  /**
   * Prolongs leases. One that has expired is taken again if no other node has taken the room since.
   * The answers are in the order of `leases`.
   */
  renew(leases: readonly Lease[]): Promise<LeaseState[]>;
  /**
   * Changes the record of a room whose lease this node holds; an expired lease is treated as in
   * `renew`. Unless the answer is "held", nothing was changed; a whole change never gets "rewrite".
   */
  commit(lease: Lease, change: RoomChange): Promise<LeaseState>;
  /** Gives a lease up if it is still held. `forget`: removes the record too. */
  release(lease: Lease, options: { readonly forget: boolean }): Promise<void>;
  /** The record of a room; undefined: there is none. */
  read(room: string): Promise<RoomRecord | undefined>;
  /** Names of all rooms that have a record. */
  rooms(): Promise<string[]>;
  /** Sends a text to a node; lost if the node or the store is not reachable. */
  publish(node: NodeId, text: string): void;
  /**
   * Lets the other nodes see this one for three times `renewEveryMs`. Resolves to whether no other
   * one has announced itself lately.
   */
  announce(info: NodeInfo): Promise<boolean>;
  /** The nodes that have announced themselves lately, this one included. */
  nodes(): Promise<NodeInfo[]>;
  /**
   * The signing key that all nodes share, 32 bytes: the one in the store, or `offered`, which is
   * stored if there is none.
   */
  sharedKey(offered: Uint8Array): Promise<Uint8Array>;
  /** Withdraws the announcement and disconnects. */
  close(): Promise<void>;
}

/** What a connection to the store calls. Neither method may throw. */
export interface ClusterListener {
  /** A text from another node has arrived. */
  onText(text: string): void;
  /** The store has become reachable or unreachable. */
  onOnline(isOnline: boolean): void;
}
