import { assertEquals } from "../../assert.ts";
import { readJoinLink } from "../../../app/enter/join_link.ts";
import { IntentMemory, tabStorage } from "../../../app/devices/intent.ts";
import type { KeyStorage } from "../../../app/ui/preferences.ts";

class FakeStorage implements KeyStorage {
  readonly items = new Map<string, string>();
  /** Throws for every call, as a damaged profile does. */
  isBroken = false;

  getItem(key: string): string | null {
    if (this.isBroken) throw new DOMException("broken", "SecurityError");
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isBroken) throw new DOMException("full", "QuotaExceededError");
    this.items.set(key, value);
  }
}

/** A tab with a window whose name outlives its pages. */
function newTab() {
  const tab = { sessionStorage: new FakeStorage(), name: "" };
  const memory = (room = "tea") => new IntentMemory(tabStorage(tab), room);
  return { tab, memory };
}

/** In three words: camera, microphone and, where one returns, that. */
function comes(
  memory: IntentMemory,
  { link = "?join=1", isBack = true }: { link?: string; isBack?: boolean } = {},
): string {
  const { wish, returns } = memory.recall(readJoinLink(link), isBack);
  const sound = !wish.microphone ? "no sound" : wish.muted ? "muted" : "heard";
  return `${wish.camera ? "seen" : "dark"}, ${sound}${returns ? ", as before" : ""}`;
}

const heard = { camera: true, microphone: true, muted: false };
const muted = { ...heard, muted: true };
const dark = { ...heard, camera: false };
const writer = { ...dark, microphone: false };

Deno.test("a first visit follows the link", () => {
  const { memory } = newTab();
  assertEquals(comes(memory()), "seen, heard");
  assertEquals(comes(memory(), { isBack: false }), "seen, heard");
  assertEquals(comes(memory(), { link: "?join=1&camera=0" }), "dark, heard");
  assertEquals(comes(memory(), { link: "?camera=0&microphone=0" }), "dark, no sound");
});

Deno.test("a reload or Back brings what there was, and the link opened anew only what both say", () => {
  const cases: [last: typeof heard, link: string, back: string, opened: string][] = [
    [heard, "?join=1", "seen, heard", "seen, heard"],
    [muted, "?join=1", "seen, muted", "seen, muted"],
    [dark, "?join=1", "dark, heard", "dark, heard"],
    [writer, "?join=1", "dark, no sound", "dark, no sound"],
    [muted, "?join=1&microphone=1&camera=1", "seen, muted", "seen, muted"],
    [heard, "?join=1&microphone=0", "seen, heard", "seen, no sound"],
    [muted, "?join=1&microphone=0", "seen, muted", "seen, no sound"],
    [heard, "?join=1&camera=0", "seen, heard", "dark, heard"],
    [muted, "", "seen, muted", "seen, muted"],
    [writer, "?camera=1", "dark, no sound", "dark, no sound"],
  ];
  for (const [last, link, back, opened] of cases) {
    const { memory } = newTab();
    memory().keep(last, {});
    assertEquals(comes(memory(), { link }), `${back}, as before`, link);
    assertEquals(
      comes(memory(), { link, isBack: false }),
      `${opened}, as before`,
      link,
    );
  }
});

Deno.test("each room is remembered separately, and invalid data is ignored", () => {
  const { tab, memory } = newTab();
  memory("tea").keep(muted, {});
  memory("attic").keep(dark, {});
  assertEquals(comes(memory("tea")), "seen, muted, as before");
  assertEquals(comes(memory("attic")), "dark, heard, as before");
  for (const text of ["", "{", "null", "[]", "{}", '[{"room":"tea"}]', "[null]"]) {
    tab.sessionStorage.items.set("parley.devices", text);
    assertEquals(comes(memory()), "seen, heard", text);
  }
});

Deno.test("what a person turned off stays off in the next room that is entered without the page before", () => {
  const { memory } = newTab();
  memory("tea").keep(muted, { muted: true });
  assertEquals(comes(memory("attic"), { isBack: false }), "seen, muted, as before");
  assertEquals(comes(memory("attic"), { link: "?join=1&microphone=1" }), "seen, muted, as before");
  assertEquals(comes(memory("attic"), { link: "" }), "seen, heard", "there one sees and chooses");
  memory("tea").keep({ ...muted, camera: false }, { camera: false });
  assertEquals(comes(memory("attic")), "dark, muted, as before");
  memory("tea").keep({ camera: false, microphone: true, muted: false }, { muted: false });
  assertEquals(comes(memory("attic")), "dark, heard, as before");
});

Deno.test("what only a link left off says nothing about another room", () => {
  const { memory } = newTab();
  memory("tea").keep(writer, {});
  assertEquals(comes(memory("attic")), "seen, heard");
});

Deno.test("a person who muted in another room returns to this one muted", () => {
  const { memory } = newTab();
  memory("tea").keep(heard, heard);
  memory("attic").keep(muted, { muted: true });
  assertEquals(comes(memory("tea")), "seen, muted, as before");
});

Deno.test("a duplicated tab starts with a copy, and then each tab keeps its state", () => {
  const { tab, memory } = newTab();
  memory().keep(muted, { muted: true });
  const copy = newTab();
  for (const [key, value] of tab.sessionStorage.items) {
    copy.tab.sessionStorage.items.set(key, value);
  }
  assertEquals(comes(copy.memory()), "seen, muted, as before");
  copy.memory().keep(heard, { muted: false });
  assertEquals([comes(memory()), comes(copy.memory())], [
    "seen, muted, as before",
    "seen, heard, as before",
  ]);
});

Deno.test("a storage that throws, from the start or at some time, loses nothing", () => {
  for (const breaks of ["at once", "later"]) {
    const { tab, memory } = newTab();
    tab.sessionStorage.isBroken = breaks === "at once";
    memory().keep(heard, {});
    tab.sessionStorage.isBroken = true;
    memory().keep(muted, { muted: true });
    assertEquals(comes(memory()), "seen, muted, as before", breaks);
    tab.sessionStorage.isBroken = false;
    assertEquals(comes(memory()), "seen, muted, as before", "the last word counts, not an old one");
    memory().keep(dark, dark);
    assertEquals(comes(memory()), "dark, heard, as before");
  }
});

Deno.test("a window's own name is left alone, and rooms are not kept without end", () => {
  const { tab, memory } = newTab();
  tab.name = "frame-3";
  for (let room = 0; room < 50; room++) memory(`room-${room}`).keep(muted, {});
  assertEquals(tab.name, "frame-3");
  assertEquals(comes(memory("room-49")), "seen, muted, as before");
  assertEquals(comes(memory("room-0")), "seen, heard");
});
