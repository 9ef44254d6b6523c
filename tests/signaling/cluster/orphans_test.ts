// Rooms whose home has ended and to which nobody comes back.

import { assertEquals } from "../../assert.ts";
import type { NodeInfo } from "../../../signaling/cluster/cluster_store.ts";
import { Orphans } from "../../../signaling/cluster/orphans.ts";

/**
 * Node "b" with three rooms in its store: of "a" with members, its own, and one without members.
 */
function scene(...nodes: string[]) {
  const occupied = new Map([["members", "[]"]]);
  const records = new Map([["tea", occupied], ["own", occupied], ["kept", new Map()]]);
  const found: string[] = [];
  let due: (() => void) | undefined;
  const world = {
    nodes: nodes.map(infoOf),
    found,
    isDue: () => due !== undefined,
    pass: () => {
      due?.();
      due = undefined;
      return new Promise<void>((resolve) => setTimeout(resolve));
    },
  };
  const orphans = new Orphans({
    node: "b",
    store: {
      nodes: () => Promise.resolve(world.nodes),
      rooms: () => Promise.resolve([...records.keys()]),
      read: (room) => Promise.resolve(records.get(room)),
    },
    home: {
      holds: (room) => room === "own",
      find: (room) => {
        found.push(room);
        return Promise.resolve("here");
      },
    },
    surroundings: {
      after: (_ms, work) => {
        due = work;
        return () => due = undefined;
      },
    },
  });
  return { orphans, world };
}

function infoOf(node: string): NodeInfo {
  return { node, version: "1.0.0", takesRooms: !node.endsWith("full one"), rooms: 1, since: 1 };
}

Deno.test("the rooms of a node that has ended get a home, if they have members and none", async () => {
  const { orphans, world } = scene("a", "b", "c");
  await orphans.look();
  assertEquals(world.isDue(), false);
  world.nodes = ["b", "c"].map(infoOf);
  await orphans.look();
  await orphans.look();
  await world.pass();
  assertEquals(world.found, ["tea"]);
  await orphans.look();
  assertEquals(world.isDue(), false);
});

Deno.test("of the nodes that are left only the first that takes rooms acts", async () => {
  for (const [other, acts] of [["a", false], ["c", true], ["a full one", true]] as const) {
    const { orphans, world } = scene("ended", "b", other);
    await orphans.look();
    world.nodes = ["b", other].map(infoOf);
    await orphans.look();
    assertEquals(world.isDue(), acts, other);
  }
});

Deno.test("a node that begins alone looks for rooms that were left, and none that begins later does", async () => {
  const alone = scene("b");
  await alone.orphans.look();
  assertEquals(alone.world.isDue(), true);
  const later = scene("a", "b");
  await later.orphans.look();
  assertEquals(later.world.isDue(), false);
});

Deno.test("a node that stops adopts nothing", async () => {
  const { orphans, world } = scene("b");
  await orphans.look();
  orphans.close();
  assertEquals(world.isDue(), false);
});
