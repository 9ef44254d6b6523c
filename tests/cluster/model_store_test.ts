// The model of the store keeps the contract, and does what a real one does when something fails.

import type { ClusterListener, Taken } from "../../signaling/cluster/cluster_store.ts";
import { assert, assertEquals } from "../assert.ts";
import { Chance } from "../chance.ts";
import { ModelStore, type StoreConnection } from "./model_store.ts";
import { SimProcess } from "./sim_process.ts";
import { type StoreWorld, testStoreContract } from "./store_contract.ts";
import { VirtualTime } from "./virtual_time.ts";

const fast = { usualMs: 2, slowOneIn: 0, slowMs: 0 };

class ModelWorld implements StoreWorld {
  readonly time = new VirtualTime();
  readonly chance = new Chance(1);
  readonly store = new ModelStore({ time: this.time, chance: this.chance, weather: fast });
  readonly processes: SimProcess[] = [];
  #isClosed = false;

  /** Time passes by itself. */
  async flow(): Promise<void> {
    while (!this.#isClosed) await this.time.pass(1);
  }

  join(node: string, listener: Partial<ClusterListener> = {}): StoreConnection {
    const { time, chance } = this;
    const process = new SimProcess({ time, chance, skewMs: 0 });
    this.processes.push(process);
    const whole = { onText: () => {}, onOnline: () => {}, ...listener };
    return this.store.connect(node, { process, listener: whole });
  }

  connect(node: string, listener?: Partial<ClusterListener>): Promise<StoreConnection> {
    return Promise.resolve(this.join(node, listener));
  }

  expire(room: string): Promise<void> {
    this.store.state.expire(room);
    return Promise.resolve();
  }

  abandon(room: string): Promise<void> {
    this.store.state.abandon(room);
    return Promise.resolve();
  }

  lose(): Promise<void> {
    this.store.state.lose();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }
}

testStoreContract("the model of the store", () => {
  const world = new ModelWorld();
  void world.flow();
  return Promise.resolve(world);
});

/** What became of a command: its answer, or that it has failed. */
async function outcome<T>(
  world: ModelWorld,
  command: Promise<T>,
  ms = 3_000,
): Promise<T | "failed" | "pending"> {
  let result: T | "failed" | "pending" = "pending";
  command.then((answer) => result = answer, () => result = "failed");
  await world.time.pass(ms);
  return result;
}

Deno.test("of a node that is cut off, commands fail and texts are lost until it is back", async () => {
  const world = new ModelWorld();
  const heard: (string | boolean)[] = [];
  const a = world.join("a", {
    onText: (text) => heard.push(text),
    onOnline: (isOnline) => heard.push(isOnline),
  });
  const b = world.join("b");
  a.cut();
  b.publish("a", "lost");
  assertEquals(await outcome(world, a.take("tea")), "failed");
  assertEquals([a.isOnline, b.isOnline], [false, true]);
  assertEquals(world.store.state.holderOf("tea"), undefined);
  assertEquals(await outcome(world, a.take("tea"), 0), "failed");
  a.mend();
  await world.time.pass(1_000);
  b.publish("a", "heard");
  const taken = await outcome(world, a.take("tea"));
  assert(typeof taken === "object" && taken.kind === "taken");
  assertEquals(heard, [false, true, "heard"]);
});

Deno.test("a command whose answer is lost may have been carried out", async () => {
  const seen = new Set<string>();
  for (let seed = 0; seed < 20; seed++) {
    const world = new ModelWorld();
    for (let skipped = 0; skipped < seed; skipped++) world.chance.below(2);
    const a = world.join("a");
    const command = a.take("tea");
    a.break();
    assertEquals(await outcome(world, command), "failed");
    seen.add(world.store.state.holderOf("tea")?.node ?? "nobody");
  }
  assertEquals(seen, new Set(["a", "nobody"]));
});

Deno.test("a store that crashes loses its data or keeps them, and all are online again", async () => {
  for (const loses of [false, true]) {
    const world = new ModelWorld();
    const a = world.join("a");
    const change = { whole: true, set: new Map([["x", "1"]]), remove: [] };
    const taken: Taken | string = await outcome(world, a.take("tea"));
    assert(typeof taken === "object" && taken.kind === "taken");
    await outcome(world, a.commit({ room: "tea", fence: taken.fence }, change));
    world.store.crash({ loses });
    assertEquals(await outcome(world, a.rooms()), "failed");
    world.store.start();
    await world.time.pass(1_000);
    assertEquals(await outcome(world, a.rooms()), loses ? [] : ["tea"]);
  }
});

Deno.test("a stopped process does nothing, and finds everything when it wakes", async () => {
  const world = new ModelWorld();
  const order: string[] = [];
  const a = world.join("a", { onText: (text) => order.push(text) });
  const b = world.join("b");
  const [process] = world.processes;
  assert(process);
  process.after(100, () => order.push("timer 1"));
  process.after(200, () => order.push("timer 2"));
  process.after(20_000, () => order.push("timer 3"));
  process.stop();
  void a.take("tea").then(() => order.push("answer"), () => order.push("failed"));
  b.publish("a", "text 1");
  b.publish("a", "text 2");
  await world.time.pass(5_000);
  assertEquals(order, []);
  assertEquals(world.store.state.holderOf("tea")?.node, "a");
  process.wake();
  await world.time.pass(0);
  assertEquals(order.toSorted(), ["answer", "text 1", "text 2", "timer 1", "timer 2"]);
  for (const source of ["timer", "text"]) {
    const own = order.filter((each) => each.startsWith(source));
    assertEquals(own, own.toSorted());
  }
  process.kill();
  await world.time.pass(30_000);
  assertEquals([order.length, process.timers], [5, 0]);
});
