// What the switch of a doorbell shows, and what it asks of server and browser.

import { assertEquals } from "../../assert.ts";
import {
  type BrowserBell,
  DoorbellStore,
  type NoticeWords,
  type Subscribed,
} from "../../../app/doorbell/doorbell_store.ts";

const words = { knock: "knock" } as NoticeWords;
const held: Subscribed = { endpoint: "https://push.example/1", p256dh: "p", auth: "a", key: "K" };

/** A switch, a browser and a server that has some facts. */
function doorbell(
  { facts = { key: "K", bells: [] }, status = 204, subscription, more = {} }: {
    facts?: unknown;
    status?: number;
    subscription?: Subscribed;
    more?: Partial<BrowserBell>;
  } = {},
) {
  const asked: unknown[] = [];
  const kept: NoticeWords[] = [];
  const bells = new Map<string, Subscribed>();
  let current = subscription;
  const browser: BrowserBell = {
    absent: undefined,
    allow: () => Promise.resolve(true),
    subscription: () => Promise.resolve(current),
    subscribe: (key) => Promise.resolve(current = { ...held, key }),
    keepWords: (words) => Promise.resolve(void kept.push(words)),
    keepBell: (address, bell) =>
      Promise.resolve(void (bell === undefined ? bells.delete(address) : bells.set(address, bell))),
    digest: (endpoint) => Promise.resolve(`digest of ${endpoint}`),
    ...more,
  };
  const store = new DoorbellStore({
    address: "/r/tea/doorbell",
    ownerKey: () => "owner",
    browser,
    words,
    fetch: (_, { headers, body }) => {
      assertEquals(headers, { authorization: "Bearer owner" });
      if (body === undefined) return Promise.resolve(Response.json(facts));
      asked.push(JSON.parse(body));
      return Promise.resolve(new Response(null, { status }));
    },
  });
  return { store, asked, kept, bells };
}

const bells = [`digest of ${held.endpoint}`];

Deno.test("it is on if the server has this browser's subscription for its present key", async () => {
  const cases = [
    [{ key: "K", bells }, held, "on"],
    [{ key: "K", bells: [] }, held, "off"],
    [{ key: "new", bells }, held, "off"],
    [{ key: "K", bells }, undefined, "off"],
  ] as const;
  for (const [facts, subscription, kind] of cases) {
    const { store, bells } = doorbell({ facts, ...subscription && { subscription } });
    await store.look();
    assertEquals(store.state.value, { kind, isBusy: false });
    assertEquals([...bells.values()], kind === "on" ? [held] : []);
  }
});

Deno.test("where there is none, it says why", async () => {
  const cases = [
    [{ more: { absent: "insecure" } }, "insecure"],
    [{ more: { absent: "browser" } }, "browser"],
    [{ facts: { off: "setting" } }, "setting"],
    [{ facts: { off: "no-state" } }, "no-state"],
    [{ facts: { error: "no" } }, "unreachable"],
    [{ facts: null }, "unreachable"],
  ] as const;
  for (const [options, why] of cases) {
    const { store, asked } = doorbell(options);
    await store.look();
    await store.set(true);
    assertEquals([store.state.value, asked], [{ kind: "absent", why }, []]);
  }
});

Deno.test("switched on, the browser subscribes, and the server and the worker learn of it", async () => {
  const { store, asked, kept, bells } = doorbell();
  await store.look();
  await store.set(true);
  assertEquals(store.state.value, { kind: "on", isBusy: false });
  const { endpoint, p256dh, auth } = held;
  assertEquals(asked, [{ does: "add", endpoint, p256dh, auth }]);
  assertEquals(kept, [words]);
  assertEquals([...bells], [["/r/tea/doorbell", held]]);
  await store.set(false);
  assertEquals(store.state.value, { kind: "off", isBusy: false });
  assertEquals(asked.at(-1), { does: "remove", endpoint });
  assertEquals(bells.size, 0);
});

Deno.test("what fails leaves it as it was, and says so", async () => {
  const denied = doorbell({ more: { allow: () => Promise.resolve(false) } });
  const unsubscribed = doorbell({ more: { subscribe: () => Promise.reject(new Error("no")) } });
  const refused = doorbell({ status: 403 });
  for (
    const [{ store, bells }, trouble] of [
      [denied, "denied"],
      [unsubscribed, "failed"],
      [refused, "failed"],
    ] as const
  ) {
    await store.look();
    await store.set(true);
    assertEquals(store.state.value, { kind: "off", isBusy: false, trouble });
    assertEquals(bells.size, 0, "the worker renews no bell that the server does not have");
  }
  const stays = doorbell({ facts: { key: "K", bells }, subscription: held, status: 503 });
  await stays.store.look();
  await stays.store.set(false);
  assertEquals(stays.store.state.value, { kind: "on", isBusy: false, trouble: "failed" });
  assertEquals([...stays.bells.values()], [held]);
  const full = doorbell({ more: { keepBell: () => Promise.reject(new Error("no storage")) } });
  await full.store.look();
  await full.store.set(true);
  assertEquals(full.store.state.value, { kind: "on", isBusy: false });
});
