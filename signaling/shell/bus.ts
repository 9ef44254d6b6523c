/**
 * The port through which the hubs of several nodes would tell each other what happens in a room. Only the local bus
 * exists: one process hosts a room, and rosters are not merged across nodes.
 */
import type { Broadcast, NodeId } from "../core/core_types.ts";

/** One thing said in one room by one node. */
export interface BusMessage {
  readonly from: NodeId;
  readonly room: string;
  readonly message: Broadcast;
}

/** One node's connection to the bus. */
export interface Bus {
  publish(room: string, message: Broadcast): void;
  subscribe(room: string): void;
  unsubscribe(room: string): void;
  close(): void;
}
