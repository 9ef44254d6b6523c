// The plans and own rooms of a browser, whatever its storage holds.

import { assertEquals } from "../../assert.ts";
import { PlanBook, plansEntry } from "../../../app/plans/plans_store.ts";
import { keyRingEntry } from "../../../app/ui/key_ring.ts";

const now = Date.parse("2026-03-29T12:00:00Z");
const hour = 60 * 60_000;
const plan = (id: string, hours: number) => ({
  ...{ id, room: `room-${id}`, at: now + hours * hour, minutes: 60 },
});

function storageOf(given: Record<string, string> = {}) {
  const entries = new Map(Object.entries(given));
  return {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
  };
}

const ids = (book: PlanBook) => book.plans.value.map(({ id }) => id);

Deno.test("plans are kept in the order of their times, until some hours after their end", () => {
  const storage = storageOf();
  const book = new PlanBook({ storage, now: () => now });
  for (const [id, hours] of [["b", 2], ["a", 1], ["over", -5], ["now", -1]] as const) {
    book.add(plan(id, hours));
  }
  assertEquals(ids(book), ["now", "a", "b"]);
  const later = new PlanBook({ storage, now: () => now + 5 * hour });
  assertEquals(ids(later), ["b"]);
});

Deno.test("two tabs do not undo each other's plans", () => {
  const storage = storageOf();
  const [one, other] = [1, 2].map(() => new PlanBook({ storage, now: () => now }));
  one?.add(plan("a", 1));
  other?.add(plan("b", 2));
  one?.remove("a");
  other?.refresh();
  assertEquals(other && ids(other), ["b"]);
});

Deno.test("what is no plan is left out, and blocked storage loses nothing of this page", () => {
  const good = plan("a", 1);
  const wrong = [null, 1, {}, { ...good, id: "../" }, { ...good, room: "no room" }, {
    ...good,
    at: 1e300,
  }, { ...good, minutes: 0 }];
  const storage = storageOf({ [plansEntry]: JSON.stringify([...wrong, good]) });
  assertEquals(new PlanBook({ storage, now: () => now }).plans.value, [good]);
  for (const text of ["{", "7", "null"]) {
    const broken = storageOf({ [plansEntry]: text });
    assertEquals(new PlanBook({ storage: broken, now: () => now }).plans.value, []);
  }
  const blocked = {
    getItem: () => {
      throw new Error("blocked");
    },
    setItem: () => {
      throw new Error("blocked");
    },
  };
  const book = new PlanBook({ storage: blocked, now: () => now });
  book.add(good);
  book.add(plan("b", 2));
  assertEquals(ids(book), ["a", "b"]);
  assertEquals(book.owned(), []);
});

Deno.test("own rooms are those with an owner key, but for the planned ones", () => {
  const rooms = [
    ["tea", { ownerKey: "k1" }],
    ["coffee", { invite: "i" }],
    ["milk", {
      ownerKey: "k2",
    }],
    ["no room", { ownerKey: "k3" }],
    7,
  ];
  const storage = storageOf({ [keyRingEntry]: JSON.stringify(rooms) });
  const book = new PlanBook({ storage, now: () => now });
  assertEquals(book.owned(["milk"]), [{ room: "tea", ownerKey: "k1", secret: undefined }]);
});
