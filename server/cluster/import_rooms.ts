/** Gives the store of a cluster the rules of rooms that a server has kept alone until now. */
import { type ClusterStore, recordOfKept } from "../../signaling/cluster/mod.ts";
import { type KeptRules, mapBounded } from "../../signaling/mod.ts";

/** Rooms that the store knows already stay as they are. Rejects if the store does not answer. */
export async function importRooms(
  store: ClusterStore,
  rooms: readonly (readonly [room: string, rules: KeptRules])[],
): Promise<void> {
  await mapBounded(rooms, async ([room, rules]) => {
    if (await store.read(room) !== undefined) return;
    const taken = await store.take(room);
    if (taken.kind === "held") return;
    const lease = { room, fence: taken.fence };
    if (taken.stored.size === 0) {
      const set = recordOfKept(rules);
      await store.commit(lease, { whole: true, set, remove: [] });
    }
    await store.release(lease, { forget: false });
  });
}
