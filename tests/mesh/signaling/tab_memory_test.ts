import {
  type KeptVisit,
  StoredTabMemory,
  type TabLocks,
  type TabMemory,
} from "../../../mesh/signaling/tab_memory.ts";
import { assert, assertEquals } from "../../assert.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { peer, RoomRig } from "../room_rig.ts";

/** The part of a browser that all its pages share. */
class FakeLocks implements TabLocks {
  readonly held = new Set<string>();

  async request(
    name: string,
    _options: unknown,
    work: (lock: Lock | null) => Promise<void>,
  ): Promise<void> {
    if (this.held.has(name)) return await work(null);
    this.held.add(name);
    await work({ name, mode: "exclusive" });
    this.held.delete(name);
  }
}

class FakeStorage {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  /** As the browser does for a duplicated tab. */
  copy(): FakeStorage {
    const copy = new FakeStorage();
    for (const [key, value] of this.items) copy.setItem(key, value);
    return copy;
  }
}

let ids = 0;

function visit(token: string): KeptVisit {
  return { token, peerId: "ann" };
}

function page(storage: FakeStorage, locks: FakeLocks): StoredTabMemory {
  return new StoredTabMemory({ storage, locks, randomId: () => `tab-${++ids}` });
}

Deno.test("a tab that crashed finds its token again, for the same room only", async () => {
  const storage = new FakeStorage();
  page(storage, new FakeLocks()).keep("den", visit("token-1"));
  const locks = new FakeLocks();
  assertEquals(await page(storage.copy(), locks).recall("attic"), undefined);
  locks.held.clear();
  assertEquals(await page(storage, locks).recall("den"), visit("token-1"));
});

Deno.test("a duplicated tab joins as a new peer, with its own token", async () => {
  const [storage, locks] = [new FakeStorage(), new FakeLocks()];
  page(storage, locks).keep("den", visit("token-1"));
  const copied = storage.copy();
  const copy = page(copied, locks);
  assertEquals(await copy.recall("den"), undefined);
  copy.keep("den", visit("token-2"));
  assertEquals(locks.held.size, 2);
  assertEquals(await page(copied.copy(), locks).recall("den"), undefined);
});

Deno.test("after a goodbye nothing is remembered and no lock is held", async () => {
  const [storage, locks] = [new FakeStorage(), new FakeLocks()];
  const memory = page(storage, locks);
  memory.keep("den", visit("token-1"));
  memory.forget();
  await microtasks();
  assertEquals([storage.items.size, locks.held.size], [0, 0]);
  assertEquals(await memory.recall("den"), undefined);
});

Deno.test("what somebody else stored is nothing", async () => {
  const storage = new FakeStorage();
  for (const text of ["{", "null", `{"tab":1}`, `{"tab":"t","room":"den"}`]) {
    storage.setItem("parley.visit", text);
    assertEquals(await page(storage, new FakeLocks()).recall("den"), undefined);
  }
});

Deno.test("a page that was loaded anew resumes, calls everybody, and forgets when it leaves", async () => {
  let [kept, forgotten]: [KeptVisit | undefined, number] = [visit("token-0"), 0];
  const tab: TabMemory = {
    recall: () => Promise.resolve(kept),
    keep: (_room, next) => kept = next,
    forget: () => forgotten++,
  };
  const rig = new RoomRig({ tab });
  rig.session.join({ room: "den", name: "Ann" });
  assertEquals(rig.sockets.all.length, 0, "the question comes first");
  await microtasks();
  rig.welcomed({ resumed: true, roster: [peer("bob")] });
  assertEquals(rig.socket.saidOf("join")[0]?.resume, "token-0");
  assertEquals(rig.fakes.length, 1, "bob cannot know that this page is new");
  assertEquals(kept?.token, "token-1");
  rig.page.hide();
  assertEquals([forgotten, rig.session.state.kind], [1, "left"]);
  rig.session.join({ room: "den", name: "Ann" });
  rig.session.leave();
  await microtasks();
  assertEquals(rig.sockets.all.length, 1, "who has left meanwhile opens nothing");
  assert(rig.clock.waiting === 0);
});
