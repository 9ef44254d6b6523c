import { assertEquals } from "../../assert.ts";
import { keepAwake } from "../../../app/stage/awake.ts";

class Page extends EventTarget {
  visibilityState: DocumentVisibilityState = "visible";

  become(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

class Lock extends EventTarget {
  released = false;
  readonly type = "screen";
  onrelease = null;

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}

function scene() {
  const page = new Page();
  const locks: Lock[] = [];
  const wakeLock = {
    request() {
      locks.push(new Lock());
      const lock = locks.at(-1);
      return lock === undefined ? Promise.reject() : Promise.resolve(lock);
    },
  };
  return { page, locks, wakeLock };
}

/** Lets promises that are settled be heard of. */
async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await Promise.resolve();
}

Deno.test("the screen is held awake, and again after the browser let go in the background", async () => {
  const { page, locks, wakeLock } = scene();
  const undo = keepAwake({ wakeLock }, page);
  await settle();
  assertEquals(locks.length, 1);
  page.become("hidden");
  await locks[0]?.release();
  page.become("visible");
  await settle();
  assertEquals(locks.map(({ released }) => released), [true, false]);
  page.become("visible");
  await settle();
  assertEquals(locks.length, 2, "what is held is not asked for twice");
  undo();
  assertEquals(locks[1]?.released, true);
  page.become("visible");
  await settle();
  assertEquals(locks.length, 2);
});

Deno.test("a lock that comes after the end is given back", async () => {
  const { page, locks, wakeLock } = scene();
  keepAwake({ wakeLock }, page)();
  await settle();
  assertEquals(locks.map(({ released }) => released), [true]);
});

Deno.test("a browser without it, or that refuses, does no harm", async () => {
  const { page } = scene();
  keepAwake({}, page)();
  const refuse = { request: () => Promise.reject(new DOMException("low battery")) };
  const undo = keepAwake({ wakeLock: refuse }, page);
  await settle();
  undo();
});
