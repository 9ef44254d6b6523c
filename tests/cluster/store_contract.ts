/**
 * What every implementation of `ClusterStore` does. The model of the simulation and the store on
 * Redis both pass it, so what is shown with the model is true of Redis.
 */
import type {
  ClusterListener,
  ClusterStore,
  Lease,
  RoomChange,
} from "../../signaling/cluster/cluster_store.ts";
import { assert, assertEquals } from "../assert.ts";

/** One store and nodes that are connected to it. */
export interface StoreWorld {
  /** Resolves when the node is connected and receives texts. */
  connect(node: string, listener?: Partial<ClusterListener>): Promise<ClusterStore>;
  /** The time of the lease of a room is over. */
  expire(room: string): Promise<void>;
  /** Nobody has held a room for so long that its record has expired. */
  abandon(room: string): Promise<void>;
  /** The store loses all its data and goes on. */
  lose(): Promise<void>;
  close(): Promise<void>;
}

/** For what must happen soon; more means that it never happens. */
const patienceMs = 10_000;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!await condition()) {
    assert(performance.now() < end, "it has not happened");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function changeOf(fields: Record<string, string>, part: Partial<RoomChange> = {}): RoomChange {
  const set = new Map(Object.entries(fields));
  return { whole: true, set, remove: [], ...part };
}

async function taken(store: ClusterStore, room: string): Promise<Lease> {
  const result = await store.take(room);
  assert(result.kind === "taken", `${room} is held`);
  return { room, fence: result.fence };
}

async function fieldsOf(store: ClusterStore, room: string): Promise<Record<string, string>> {
  return Object.fromEntries(await store.read(room) ?? []);
}

const cases: Record<string, (world: StoreWorld) => Promise<void>> = {
  "a room has one holder": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const first = await a.take("tea");
    assert(first.kind === "taken");
    assertEquals(first.stored.size, 0);
    assert(Number.isSafeInteger(first.fence) && first.fence > 1_600_000_000_000, "a clock's time");
    assertEquals(await b.take("tea"), { kind: "held", node: "a" });
    assertEquals((await b.take("cake")).kind, "taken");
  },
  "who has a lease already gets it again with a higher fence": async (world) => {
    const a = await world.connect("a");
    const [first, second] = [await taken(a, "tea"), await taken(a, "tea")];
    assert(second.fence > first.fence);
    assertEquals(await a.commit(first, changeOf({ old: "1" })), "lost");
    assertEquals(await a.renew([first, second]), ["lost", "rewrite"]);
    assertEquals(await a.commit(second, changeOf({ new: "2" })), "held");
    assertEquals(await fieldsOf(a, "tea"), { new: "2" });
  },
  "after a lease has expired another node takes the room, and the old one is told": async (
    world,
  ) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const old = await taken(a, "tea");
    assertEquals(await a.commit(old, changeOf({ lines: "1" })), "held");
    await world.expire("tea");
    const next = await b.take("tea");
    assert(next.kind === "taken" && next.fence > old.fence);
    assertEquals(Object.fromEntries(next.stored), { lines: "1" });
    assertEquals(await a.renew([old]), ["lost"]);
    assertEquals(await a.commit(old, changeOf({ lines: "2" })), "lost");
    assertEquals(await a.commit(old, changeOf({ lines: "2" }, { whole: false })), "lost");
    await a.release(old, { forget: true });
    assertEquals(await a.take("tea"), { kind: "held", node: "b" });
    assertEquals(await fieldsOf(a, "tea"), { lines: "1" });
  },
  "an expired lease that nobody else has taken is taken again": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const lease = await taken(a, "tea");
    assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
    await world.expire("tea");
    assertEquals(await a.renew([lease]), ["held"]);
    assertEquals(await b.take("tea"), { kind: "held", node: "a" });
    await world.expire("tea");
    assertEquals(await a.commit(lease, changeOf({ lines: "2" }, { whole: false })), "held");
    assertEquals(await b.take("tea"), { kind: "held", node: "a" });
  },
  "a lease that others had since is lost, even if nobody has it now": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const old = await taken(a, "tea");
    await world.expire("tea");
    const next = await taken(b, "tea");
    assertEquals(await b.commit(next, changeOf({ lines: "b" })), "held");
    await b.release(next, { forget: false });
    assertEquals(await a.renew([old]), ["lost"]);
    assertEquals(await a.commit(old, changeOf({ lines: "a" })), "lost");
    assertEquals(await fieldsOf(a, "tea"), { lines: "b" });
    assert((await taken(a, "tea")).fence > next.fence);
  },
  "a change sets and removes fields, and a whole one removes all others": async (world) => {
    const a = await world.connect("a");
    const lease = await taken(a, "tea");
    assertEquals(await a.commit(lease, changeOf({ one: "1", two: "2" })), "held");
    const part = changeOf({ three: "3", one: "eins" }, { whole: false, remove: ["two", "none"] });
    assertEquals(await a.commit(lease, part), "held");
    assertEquals(await fieldsOf(a, "tea"), { one: "eins", three: "3" });
    assertEquals(await a.commit(lease, changeOf({ four: "4" })), "held");
    assertEquals(await fieldsOf(a, "tea"), { four: "4" });
    const nothing = changeOf({}, { whole: false });
    assertEquals(await a.commit(lease, nothing), "held");
    assertEquals(await fieldsOf(a, "tea"), { four: "4" });
  },
  "without a record only a whole change is accepted": async (world) => {
    const a = await world.connect("a");
    const lease = await taken(a, "tea");
    assertEquals(await a.commit(lease, changeOf({ one: "1" }, { whole: false })), "rewrite");
    assertEquals(await a.read("tea"), undefined);
    assertEquals(await a.renew([lease]), ["rewrite"]);
    assertEquals(await a.commit(lease, changeOf({ one: "1" })), "held");
    assertEquals(await a.renew([lease]), ["held"]);
  },
  "after the loss of all data the holder goes on, and writes its record again": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const lease = await taken(a, "tea");
    assertEquals(await a.commit(lease, changeOf({ one: "1" })), "held");
    await world.lose();
    await until(() => a.isOnline && b.isOnline);
    assertEquals(await a.renew([lease]), ["rewrite"]);
    assertEquals(await b.take("tea"), { kind: "held", node: "a" });
    assertEquals(await a.commit(lease, changeOf({ two: "2" }, { whole: false })), "rewrite");
    assertEquals(await a.commit(lease, changeOf({ one: "1", two: "2" })), "held");
    assertEquals(await fieldsOf(b, "tea"), { one: "1", two: "2" });
  },
  "after the loss of all data another node's fence is higher nevertheless": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const old = await taken(a, "tea");
    await world.lose();
    await until(() => a.isOnline && b.isOnline);
    const next = await taken(b, "tea");
    assert(next.fence > old.fence, `${next.fence} > ${old.fence}`);
    assertEquals(await a.commit(old, changeOf({ one: "1" })), "lost");
    assertEquals(await a.renew([old]), ["lost"]);
  },
  "a released room is free at once, with its record or without": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const first = await taken(a, "tea");
    assertEquals(await a.commit(first, changeOf({ one: "1" })), "held");
    await a.release(first, { forget: false });
    const second = await b.take("tea");
    assert(second.kind === "taken" && second.fence > first.fence);
    assertEquals(Object.fromEntries(second.stored), { one: "1" });
    await a.release(first, { forget: true });
    assertEquals(await a.take("tea"), { kind: "held", node: "b" });
    await b.release({ room: "tea", fence: second.fence }, { forget: true });
    const third = await a.take("tea");
    assert(third.kind === "taken" && third.fence > second.fence);
    assertEquals(third.stored.size, 0);
  },
  "the answers of a renewal are in the order of its leases": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const names = ["one", "two", "three", "four"];
    const leases: Lease[] = [];
    for (const name of names) leases.push(await taken(a, name));
    const [one, two] = leases;
    assert(one && two);
    assertEquals(await a.commit(one, changeOf({ x: "1" })), "held");
    await world.expire("two");
    await taken(b, "two");
    assertEquals(await a.renew(leases), ["held", "lost", "rewrite", "rewrite"]);
    assertEquals(await a.renew([two, one]), ["lost", "held"]);
    assertEquals(await a.renew([]), []);
  },
  "all rooms with a record are named, whatever their names": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    assertEquals(await b.rooms(), []);
    assertEquals(await b.read("tea"), undefined);
    const names = ["tea", "}a{b}", "__proto__", "日本 *", "a:room", "A"];
    const leases: Lease[] = [];
    for (const name of names) {
      const lease = await taken(a, name);
      assertEquals(await a.commit(lease, changeOf({ name })), "held");
      leases.push(lease);
    }
    assertEquals((await b.rooms()).toSorted(), names.toSorted());
    for (const name of names) assertEquals(await fieldsOf(b, name), { name });
    for (const lease of leases.slice(1)) await a.release(lease, { forget: true });
    assertEquals(await b.rooms(), ["tea"]);
  },
  "a record holds any texts": async (world) => {
    const a = await world.connect("a");
    const lease = await taken(a, "tea");
    const texts = {
      "": "",
      "a field:1": "two\r\nlines",
      "日本": "😀\u0000",
      big: "x".repeat(300_000),
    };
    assertEquals(await a.commit(lease, changeOf(texts)), "held");
    assertEquals(await fieldsOf(a, "tea"), texts);
  },
  "of an abandoned room nothing stays but what owners decided": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const [tea, cake] = [await taken(a, "tea"), await taken(a, "cake")];
    assertEquals(await a.commit(tea, changeOf({ lines: "1" })), "held");
    assertEquals(await a.commit(cake, changeOf({ lines: "1", kept: "locked" })), "held");
    assertEquals(await fieldsOf(b, "cake"), { lines: "1", kept: "locked" });
    for (const room of ["tea", "cake"]) await world.abandon(room);
    assertEquals(await b.read("tea"), undefined);
    assertEquals(await fieldsOf(b, "cake"), { kept: "locked" });
    assertEquals(await b.rooms(), ["cake"]);
    assertEquals(await a.renew([tea, cake]), ["rewrite", "rewrite"]);
    assertEquals(await a.commit(cake, changeOf({ x: "2" }, { whole: false })), "rewrite");
    const rest = changeOf({ kept: "open" });
    assertEquals(await a.commit(cake, rest), "held");
    assertEquals(await fieldsOf(b, "cake"), { kept: "open" });
    assertEquals(await a.commit(cake, changeOf({}, { whole: false, remove: ["kept"] })), "held");
    assertEquals(await fieldsOf(b, "cake"), {});
  },
  "a holder that slept while others decided has lost its room for good": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const old = await taken(a, "tea");
    assertEquals(await a.commit(old, changeOf({ lines: "1", kept: "open" })), "held");
    await world.abandon("tea");
    const next = await taken(b, "tea");
    assertEquals(await b.commit(next, changeOf({ kept: "locked" })), "held");
    await b.release(next, { forget: false });
    await world.abandon("tea");
    assertEquals(await a.renew([old]), ["lost"]);
    assertEquals(await a.commit(old, changeOf({ kept: "open" })), "lost");
    assertEquals(await fieldsOf(b, "tea"), { kept: "locked" });
    assert((await taken(a, "tea")).fence > next.fence);
  },
  "texts arrive in order at the node they are for, and nowhere else": async (world) => {
    const heard: Record<string, string[]> = { a: [], b: [] };
    const listener = (node: string) => ({ onText: (text: string) => heard[node]?.push(text) });
    const a = await world.connect("a", listener("a"));
    const b = await world.connect("b", listener("b"));
    const texts = Array.from({ length: 200 }, (_, n) => `${n} 😀\n`);
    texts.push("y".repeat(200_000), "");
    for (const text of texts) a.publish("b", text);
    b.publish("a", "back");
    a.publish("nobody", "lost");
    await until(() => heard["b"]?.length === texts.length && heard["a"]?.length === 1);
    assertEquals(heard, { a: ["back"], b: texts });
  },
  "nodes that announce themselves are listed until they close": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const info = (node: string, rooms: number) => {
      return { node, version: "1.2.3", takesRooms: node === "a", rooms, since: 1 };
    };
    const names = async () => (await a.nodes()).map(({ node }) => node).toSorted();
    assertEquals(await a.nodes(), []);
    assertEquals(await a.announce(info("a", 0)), true);
    assertEquals(await a.announce(info("a", 0)), true);
    assertEquals(await b.announce(info("b", 1)), false);
    await b.announce(info("b", 2));
    assertEquals((await a.nodes()).toSorted((x, y) => x.node < y.node ? -1 : 1), [
      info("a", 0),
      info("b", 2),
    ]);
    await b.close();
    await until(async () => (await names()).join() === "a");
  },
  "all nodes get the key that was offered first": async (world) => {
    const [a, b] = [await world.connect("a"), await world.connect("b")];
    const first = new Uint8Array(32).map((_, n) => n * 9);
    assertEquals(await a.sharedKey(first), first);
    assertEquals(await b.sharedKey(new Uint8Array(32).fill(2)), first);
    assertEquals(await a.sharedKey(new Uint8Array(32).fill(3)), first);
  },
  "a closed store answers nothing": async (world) => {
    const a = await world.connect("a");
    await a.close();
    a.publish("a", "lost");
    const result = await a.take("tea").then(() => "answered", () => "refused");
    assertEquals(result, "refused");
  },
};

/**
 * Registers one test for each case. `open`: makes an empty store. `endsLate`: its connections may
 * end some turns after it has closed.
 */
export function testStoreContract(
  name: string,
  open: () => Promise<StoreWorld>,
  { endsLate = false } = {},
): void {
  for (const [title, run] of Object.entries(cases)) {
    Deno.test({
      name: `${name}: ${title}`,
      sanitizeOps: !endsLate,
      sanitizeResources: !endsLate,
      fn: async () => {
        const world = await open();
        try {
          await run(world);
        } finally {
          await world.close();
        }
      },
    });
  }
}
