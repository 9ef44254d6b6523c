/**
 * Finds the rooms whose home has ended and to which nobody comes back: without a home nobody would
 * be told that their members are gone.
 */
import type { NodeId } from "../core/core_types.ts";
import { hasMembers } from "../core/room_record.ts";
import { mapBounded } from "../shell/map_bounded.ts";
import type { Surroundings } from "../shell/room_host.ts";
import { abandonedMs, type ClusterStore, leaseMs } from "./cluster_store.ts";
import type { Home } from "./home.ts";

/** How long after the end of a node its rooms are looked for, ms. Most have a new home by then. */
const afterMs = leaseMs + (abandonedMs - leaseMs) / 4;

interface OrphanParts {
  readonly node: NodeId;
  readonly store: Pick<ClusterStore, "nodes" | "rooms" | "read">;
  readonly home: Pick<Home, "holds" | "find">;
  readonly surroundings: Pick<Surroundings, "after">;
}

/** What one node does for the rooms of others that have ended. */
export class Orphans {
  readonly #parts: OrphanParts;
  /** The nodes at the last look. */
  #known: ReadonlySet<NodeId> | undefined;
  /** Cancels each search that is due. */
  readonly #due = new Set<() => void>();
  #isClosed = false;

  constructor(parts: OrphanParts) {
    this.#parts = parts;
  }

  /** Looks which nodes there are; called every few seconds. Never rejects. */
  async look(): Promise<void> {
    const { node, store, surroundings } = this.#parts;
    const nodes = await store.nodes().catch(() => undefined);
    if (nodes === undefined || this.#isClosed) return;
    const before = this.#known;
    const known = this.#known = new Set(nodes.map((each) => each.node));
    // A node that begins alone may follow nodes that have all ended.
    const isOneMissing = before === undefined
      ? [...known].every((each) => each === node)
      : [...before].some((each) => !known.has(each));
    // Only one of those that are left acts.
    const [first] = nodes.filter(({ takesRooms }) => takesRooms).map((each) => each.node)
      .toSorted();
    if (!isOneMissing || first !== node) return;
    const cancel = surroundings.after(afterMs, () => {
      this.#due.delete(cancel);
      // The store may be away; then the rooms expire.
      this.#adopt().catch(() => {});
    });
    this.#due.add(cancel);
  }

  /** Ends the work. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#due) cancel();
  }

  /** Becomes the home of all rooms that have members and no home. */
  async #adopt(): Promise<void> {
    const { store, home } = this.#parts;
    await mapBounded(await store.rooms(), async (room) => {
      if (home.holds(room) || this.#isClosed) return;
      const record = await store.read(room);
      if (record !== undefined && hasMembers(record)) await home.find(room);
    });
  }
}
