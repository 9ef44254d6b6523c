// Several tabs of one browser: none undoes what another has chosen, and a running call goes on as
// it is.

import fc from "fast-check";
import { assert, assertEquals } from "../../assert.ts";
import { readView, viewKey, type ViewMemory, writeView } from "../../../app/stage/view_memory.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { Call } from "../../../app/call/call.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import {
  type KeyStorage,
  PreferenceBook,
  type Preferences,
  storageKey,
} from "../../../app/ui/preferences.ts";
import { Page } from "../../../app/ui/page.ts";
import { keyRingEntry } from "../../../app/ui/key_ring.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { FakeSession } from "../call/fake_session.ts";

/** One browser's storage; `fails` may be set at any time, as may what it holds. */
class Shared implements KeyStorage {
  readonly entries = new Map<string, string>();
  fails: "never" | "reading" | "writing" | "both" = "never";

  constructor(stored?: object) {
    if (stored !== undefined) this.entries.set(storageKey, JSON.stringify(stored));
  }

  getItem(key: string): string | null {
    if (this.fails === "reading" || this.fails === "both") throw new DOMException("damaged");
    return this.entries.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.fails === "writing" || this.fails === "both") throw new DOMException("full");
    this.entries.set(key, value);
  }

  get stored(): Record<string, unknown> {
    return JSON.parse(this.entries.get(storageKey) ?? "{}");
  }
}

const loaded = (storage: KeyStorage) => new PreferenceBook(storage).current.value;
const device = (deviceId: string) => ({ deviceId, label: deviceId });

Deno.test("what two tabs choose after each other is all there in a third", () => {
  const shared = new Shared();
  const [one, other] = [new PreferenceBook(shared), new PreferenceBook(shared)];
  one.change({ relayOnly: true });
  other.change({ theme: "dark" });
  one.change({ language: "zh-CN" });
  other.change({ camera: device("c") });
  one.change({ name: "Ann" });
  other.visit("attic", 1);
  one.visit("tea", 2);
  other.change({ processing: { noiseSuppression: false } });
  one.change({ processing: { echoCancellation: false } });
  const { relayOnly, theme, language, camera, name, visits, processing } = loaded(shared);
  assertEquals({ relayOnly, theme, language, camera, name }, {
    relayOnly: true,
    theme: "dark",
    language: "zh-CN",
    camera: device("c"),
    name: "Ann",
  });
  assertEquals(visits.map(({ room }) => room), ["tea", "attic"]);
  assertEquals(processing, {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: true,
  });
});

Deno.test("a room forgotten in one tab is not back after a visit in another", () => {
  const shared = new Shared({ visits: [{ room: "old", at: 1 }, { room: "attic", at: 0 }] });
  const [one, other] = [new PreferenceBook(shared), new PreferenceBook(shared)];
  one.forget("old");
  other.visit("tea", 2);
  assertEquals(loaded(shared).visits.map(({ room }) => room), ["tea", "attic"]);
});

/** Every setting with values to choose from. */
const values: { [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  name: ["", "Ann", "Bob"],
  theme: ["system", "light", "dark"],
  language: ["en", "zh-CN"],
  camera: [device("1"), device("2")],
  microphone: [device("3"), device("4")],
  speaker: [device("5"), device("6")],
  relayOnly: [true, false],
  light: [true, false],
  chatSound: [true, false],
  chatNotices: [true, false],
  peopleSound: [true, false],
  handSound: [true, false],
  shortcuts: [true, false],
  processing: [
    { echoCancellation: true, noiseSuppression: false, autoGainControl: false },
    { echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  ],
  effects: [{ camera: { blur: "light" } }, {}],
  mutedHint: [true, false],
  shareMotion: [true, false],
  visits: [[{ room: "a", at: 1 }], []],
};

type Step =
  | { readonly tab: number; readonly part: Partial<Preferences> }
  | { readonly tab: number; readonly part: "reload" | "hear" };

const part = fc.constantFrom(
  ...Object.entries(values).flatMap(([name, all]) => all.map((value) => ({ [name]: value }))),
);
const step: fc.Arbitrary<Step> = fc.record({
  tab: fc.nat(2),
  part: fc.oneof({ weight: 4, arbitrary: part }, fc.constantFrom("reload", "hear")),
});

Deno.test("however tabs change settings in turn, each setting is as it was chosen last", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const shared = new Shared();
      const tabs = [0, 1, 2].map(() => new PreferenceBook(shared));
      let wanted: Preferences = loaded(shared);
      for (const { tab, part } of steps) {
        if (part === "reload") tabs[tab] = new PreferenceBook(shared);
        else if (part === "hear") tabs[tab]?.refresh();
        else {
          tabs[tab]?.change(part);
          wanted = { ...wanted, ...part };
          for (const [name, value] of Object.entries(part)) {
            assertEquals(Reflect.get(tabs[tab]?.current.value ?? {}, name), value, name);
          }
        }
        assertEquals(loaded(shared), wanted);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("however storage fails meanwhile, a tab keeps what was chosen in it, and nothing stored is lost", () => {
  const failing = fc.record({
    fails: fc.constantFrom(...(["never", "reading", "writing", "both"] as const)),
    part,
  });
  fc.assert(
    fc.property(fc.array(failing, { maxLength: 30 }), (steps) => {
      const stored = { relayOnly: true, name: "Zoe", future: { kept: 1 }, theme: "dark" };
      const shared = new Shared(stored);
      const book = new PreferenceBook(shared);
      let wanted = book.current.value;
      for (const { fails, part } of steps) {
        shared.fails = fails;
        book.change(part);
        book.refresh();
        wanted = { ...wanted, ...part };
        assertEquals(book.current.value, wanted);
      }
      shared.fails = "never";
      // The next change takes along what could not be stored before.
      book.change({});
      assertEquals(loaded(shared), wanted);
      assertEquals(shared.stored.future, { kept: 1 }, "a newer version's settings stay");
    }),
    { numRuns: 300 },
  );
});

Deno.test("an old whole copy is read as it is, and what it holds survives the first change", () => {
  const old = { ...loaded(new Shared()), name: "Zoe", relayOnly: true, camera: device("9") };
  const shared = new Shared(old);
  new PreferenceBook(shared).change({ theme: "light" });
  assertEquals(loaded(shared), { ...old, theme: "light" });
});

Deno.test("another tab's choice is heard at once, but for what this tab uses right now", () => {
  const shared = new Shared();
  const [here, there] = [new PreferenceBook(shared), new PreferenceBook(shared)];
  here.change({ name: "Ann", camera: device("1") });
  const own = {
    name: "Bob",
    camera: device("2"),
    microphone: device("3"),
    speaker: device("4"),
    light: true,
    shareMotion: true,
  };
  const common = {
    theme: "dark",
    language: "zh-CN",
    relayOnly: true,
    chatSound: true,
    shortcuts: false,
    mutedHint: false,
  } as const;
  const processing = { echoCancellation: false };
  there.change({ ...own, ...common, processing });
  const before = here.current.value;
  here.refresh();
  assertEquals(here.current.value, { ...before, ...common });
  assertEquals(loaded(shared).camera, device("2"), "the next load takes the last choice");
});

Deno.test("a page changes its language and theme with the other tab, by an event or out of the cache", async () => {
  for (const event of ["storage", "pageshow"]) {
    const shared = new Shared();
    const page = new Page("en", shared);
    const root = { lang: "en", dir: "ltr", dataset: {} as DOMStringMap };
    const undo = page.show(root);
    new PreferenceBook(shared).change({ language: "zh-CN", theme: "dark" });
    const tell = (key: string | null) =>
      dispatchEvent(Object.assign(new Event(event), { key, persisted: true }));
    if (event === "storage") {
      tell("parley.view");
      assertEquals(root.dataset.theme, "system", "another entry is none of its business");
    }
    tell(storageKey);
    assertEquals(root.dataset.theme, "dark");
    while (root.lang !== "zh-CN") await new Promise((resolve) => setTimeout(resolve));
    assertEquals(page.words.value.common.close, "关闭");
    undo();
    new PreferenceBook(shared).change({ theme: "light" });
    tell(storageKey);
    assertEquals(root.dataset.theme, "dark");
  }
});

function callOf(book: PreferenceBook) {
  const session = new FakeSession();
  const call = new Call({
    session,
    media: new LocalMedia({ mediaDevices: new FakeDevices(), secure: true }),
    book,
    keys: new KeyRing(undefined),
    watchLevel: () => () => {},
    after: () => () => {},
    now: () => 0,
    date: () => 0,
  });
  const wish = { camera: false, microphone: false };
  return { session, call, join: () => call.join({ room: "tea", name: "Ann", wish }) };
}

Deno.test("relays only, chosen in another tab, holds for the next link here, heard of or not", () => {
  const shared = new Shared();
  const there = new PreferenceBook(shared);
  const heard = callOf(new PreferenceBook(shared));
  heard.join();
  there.change({ relayOnly: true });
  assertEquals(heard.session.links.relayOnly, false);
  heard.call.book.refresh();
  assertEquals([heard.session.links.relayOnly, heard.call.relayOnly.value], [true, true]);
  heard.call.close();

  there.change({ relayOnly: false });
  const unheard = callOf(new PreferenceBook(shared));
  there.change({ relayOnly: true });
  unheard.join();
  const asked = unheard.session.asked.filter((what) => /relays|join/.test(what));
  assertEquals(asked, ["relays only", "join tea as Ann"], "before anybody is told an address");
  unheard.call.close();
});

Deno.test("no other tab makes a call tell its address, nor hides it against a choice made in this call", () => {
  const shared = new Shared();
  const there = new PreferenceBook(shared);
  const hidden = callOf(new PreferenceBook(shared));
  hidden.join();
  hidden.call.setRelayOnly(true);
  there.change({ relayOnly: false });
  hidden.call.book.refresh();
  assertEquals([hidden.session.links.relayOnly, hidden.call.relayOnly.value], [true, true]);
  hidden.call.setRelayOnly(false);
  there.change({ relayOnly: true });
  hidden.call.book.refresh();
  assertEquals([hidden.session.links.relayOnly, hidden.call.relayOnly.value], [false, false]);
  hidden.join();
  assertEquals(
    [hidden.session.links.relayOnly, hidden.call.relayOnly.value],
    [true, true],
    "a new call",
  );
  hidden.call.close();
});

Deno.test("keys stored by another tab work here too", () => {
  const shared = new Shared();
  const [here, there] = [new KeyRing(shared), new KeyRing(shared)];
  there.keep("tea", { ownerKey: "k" });
  assertEquals(here.of("tea"), { ownerKey: "k" });
  shared.fails = "reading";
  assertEquals(here.of("tea"), { ownerKey: "k" });
  here.keep("coffee", { invite: "i" });
  assertEquals(here.of("coffee"), { invite: "i" });
  shared.fails = "writing";
  here.keep("coffee", { ownerKey: "o" });
  shared.fails = "never";
  there.keep("tea", { invite: "j" });
  assertEquals(here.of("coffee"), { invite: "i", ownerKey: "o" });
  here.keep("milk", { invite: "m" });
  const next = new KeyRing(shared);
  assertEquals(["tea", "coffee", "milk"].map((room) => next.of(room)), [
    { ownerKey: "k", invite: "j" },
    { invite: "i", ownerKey: "o" },
    { invite: "m" },
  ]);
  assert(shared.entries.has(keyRingEntry));
});

Deno.test("views of two tabs are written setting by setting", () => {
  const shared = new Shared();
  const change = (part: Partial<ViewMemory>) => writeView(shared, part);
  change({ mode: "grid" });
  change({ selfHidden: true });
  change({ corner: { top: true, left: false } });
  const before = readView(shared);
  assertEquals(before, {
    mode: "grid",
    selfHidden: true,
    corner: { top: true, left: false },
    mirrored: true,
  });
  for (const fails of ["reading", "writing", "both"] as const) {
    shared.fails = fails;
    change({ mirrored: false });
    readView(shared);
  }
  shared.fails = "never";
  assertEquals(readView(shared), before);
  shared.entries.set(viewKey, "{");
  change({ mode: "speaker" });
  assertEquals(readView(shared).mode, "speaker");
});
