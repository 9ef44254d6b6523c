/** The bus of one process. */
import type { Bus, BusMessage } from "./bus.ts";
import type { Broadcast, NodeId } from "../core/core_types.ts";

/**
 * Connects the hubs of one process, each as one node. A node does not receive what it published.
 */
export class LocalBus {
  readonly #rooms = new Map<string, Map<NodeId, (message: BusMessage) => void>>();

  /** Connects a node; `listen` receives what other nodes publish for the rooms it subscribes to. */
  connect(node: NodeId, listen: (message: BusMessage) => void): Bus {
    const subscribed = new Set<string>();
    const unsubscribe = (room: string) => {
      subscribed.delete(room);
      const nodes = this.#rooms.get(room);
      nodes?.delete(node);
      if (nodes?.size === 0) this.#rooms.delete(room);
    };
    return {
      publish: (room: string, message: Broadcast) => {
        for (const [other, deliver] of this.#rooms.get(room) ?? []) {
          if (other !== node) deliver({ from: node, room, message });
        }
      },
      subscribe: (room) => {
        subscribed.add(room);
        const nodes = this.#rooms.get(room) ?? new Map();
        this.#rooms.set(room, nodes.set(node, listen));
      },
      unsubscribe,
      close: () => subscribed.forEach(unsubscribe),
    };
  }

  /** How many rooms have a subscriber, for leak tests. */
  get size(): number {
    return this.#rooms.size;
  }
}
