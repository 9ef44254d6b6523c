import type { Bus, BusMessage } from "./bus.ts";
import type { Broadcast, NodeId } from "../core/core_types.ts";

/** Connects the hubs of one process, each as a node of its own; a node never hears itself. */
export class LocalBus {
  readonly #rooms = new Map<string, Map<NodeId, (message: BusMessage) => void>>();

  /** A connection for `node`; `listen` gets what the others publish in the rooms it subscribed to. */
  connect(node: NodeId, listen: (message: BusMessage) => void): Bus {
    const mine = new Set<string>();
    const unsubscribe = (room: string) => {
      mine.delete(room);
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
        mine.add(room);
        const nodes = this.#rooms.get(room) ?? new Map();
        this.#rooms.set(room, nodes.set(node, listen));
      },
      unsubscribe,
      close: () => mine.forEach(unsubscribe),
    };
  }

  /** Rooms somebody subscribed to, for leak tests. */
  get size(): number {
    return this.#rooms.size;
  }
}
