/**
 * How the hubs of several nodes would publish room events to each other. Only the local bus exists:
 * one process hosts a room, and rosters are not merged across nodes.
 */
import type { Broadcast, NodeId } from "../core/core_types.ts";

/** A message that one node publishes for one room. */
export interface BusMessage {
  readonly from: NodeId;
  readonly room: string;
  readonly message: Broadcast;
}

/** The connection of one node to the bus. */
export interface Bus {
  /** Sends a message to all other nodes that subscribe to the room. */
  publish(room: string, message: Broadcast): void;
  /** Starts to receive what other nodes publish for the room. */
  subscribe(room: string): void;
  /** Stops to receive it. */
  unsubscribe(room: string): void;
  /** Ends all subscriptions. */
  close(): void;
}
