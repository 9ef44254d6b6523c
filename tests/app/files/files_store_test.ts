// What a page knows of its files.

import { FilesStore } from "../../../app/files/files_store.ts";
import { Files } from "../../../app/files/files.ts";
import { PaceWatch } from "../../../app/files/pace.ts";
import type { FileEntry } from "../../../app/chat/chat_entries.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FileWorld, PaperChannel, paperWrap } from "../../mesh/files/file_world.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";

/** Bob's page; Ann is a bare exchange. */
function scene() {
  const world = new FileWorld();
  world.bob.exchange.close();
  const entries: Omit<FileEntry, "kind">[] = [];
  const saved: string[] = [];
  const files = new Files({
    room: world.bob.room,
    clock: world.clock,
    storage: world.bob.storage,
    place: (entry) => entries.push(entry),
    save: (file) => saved.push(file.name),
    wrap: paperWrap,
  }, () => Promise.resolve({ FilesStore }));
  /** The page has loaded what it needs. */
  const store = async () => {
    await world.settle();
    const loaded = files.store.value;
    assert(loaded, "the store is there");
    return loaded;
  };
  return { world, files, store, entries, saved };
}

const source = (size: number, name = "map.pdf") => ({
  name,
  size,
  read: (from: number, to: number) => Promise.resolve(new Uint8Array(to - from)),
});

Deno.test("an offer that comes before anything is loaded is not lost", async () => {
  const { world, files, store, entries } = scene();
  assertEquals(files.store.value, undefined);
  world.ann.exchange.offer(source(10), ["bob"]);
  const { cards } = await store();
  const [card] = cards.value.values();
  assert(card);
  assertEquals(entries.map(({ key, from, name, file, own }) => ({ key, from, name, file, own })), [
    { key: card.key, from: "ann", name: "ann", file: "map.pdf", own: false },
  ]);
  assertEquals(card.rows.value.map(({ person, transfer }) => [person, transfer.state.kind]), [
    ["ann", "offered"],
  ]);
  files.close();
  world.close();
});

Deno.test("a complete file is downloaded automatically, once", async () => {
  const { world, files, store, saved } = scene();
  world.ann.exchange.offer(source(10), ["bob"]);
  const loaded = await store();
  const [card] = loaded.cards.value.values();
  const [row] = card?.rows.value ?? [];
  assert(row);
  loaded.accept(row.transfer);
  assertEquals(loaded.busy.value, false, "nothing moves yet");
  await world.settle();
  await microtasks();
  assertEquals(card?.rows.value[0]?.transfer.state.kind, "done");
  assertEquals(saved, ["kept"]);
  assertEquals(loaded.news.value?.row.transfer.state.kind, "done");
  files.close();
  world.close();
});

Deno.test("two people's files with one id are two cards", async () => {
  const { world, files, store, entries } = scene();
  for (const peerId of ["ann", "cem"]) {
    const channel = new PaperChannel();
    world.bob.room.arrive(peerId, channel);
    channel.hear(JSON.stringify({ type: "offer", id: "the-same-id", name: peerId, size: 1 }));
  }
  const { cards } = await store();
  assertEquals([...cards.value.values()].map(({ name }) => name), ["ann", "cem"]);
  assertEquals(new Set(entries.map(({ key }) => key)).size, 2);
  files.close();
  world.close();
});

Deno.test("chosen files wait until they are offered, and can be left out", async () => {
  const { world, files, entries } = scene();
  const store = await files.ready();
  const [keep, drop] = [new File(["abc"], "keep.txt"), new File(["abc"], "drop.txt")];
  store.choose([keep, drop]);
  store.leaveOut(drop);
  assertEquals(store.chosen.value, [keep]);
  assertEquals(world.pairs.length, 0, "nobody is asked yet");
  store.offerChosen(["ann"]);
  assertEquals(store.chosen.value, []);
  await world.settle();
  const cards = [...store.cards.value.values()];
  assertEquals(cards.map(({ name, own }) => [name, own]), [["keep.txt", true]]);
  assertEquals(entries.length, 1);
  assertEquals(world.ann.transfer.name, "keep.txt");
  files.close();
  world.close();
});

Deno.test("while only owners send files, a drop leaves a note and chooses nothing", async () => {
  const { world, files } = scene();
  const store = await files.ready();
  const plan = new File(["abc"], "plan.txt");
  await store.add({ files: [plan], folders: ["maps"] }, true);
  assertEquals([store.unusable.value, store.chosen.value], [[{ why: "reserved" }], []]);
  await store.add({ files: [plan], folders: ["maps"] }, false);
  assertEquals(store.unusable.value, [{ name: "maps", why: "folder" }], "the rule is gone");
  assertEquals(store.chosen.value, [plan]);
  await store.add({ files: [new File(["abc"], "more.txt")], folders: [] }, true);
  assertEquals(store.chosen.value, [plan], "what was chosen before stays");
  store.dismissUnusable();
  assertEquals(store.unusable.value, []);
  files.close();
  world.close();
});

Deno.test("a file for two is one card with a row for each", async () => {
  const { world, files, entries } = scene();
  const store = await files.ready();
  store.choose([new File(["abc"], "all.txt")]);
  store.offerChosen(["ann", "gone"]);
  await world.settle();
  const [card] = store.cards.value.values();
  assertEquals(card?.rows.value.map(({ transfer }) => transfer.state.kind), ["offered", "failed"]);
  assertEquals(entries.length, 1);
  files.close();
  world.close();
});

Deno.test("busy is only while bytes are at stake", async () => {
  const { world, files, store } = scene();
  world.ann.exchange.offer(source(3_000_000), ["bob"]);
  const loaded = await store();
  const [card] = loaded.cards.value.values();
  const [row] = card?.rows.value ?? [];
  assert(row);
  loaded.accept(row.transfer);
  for (let turn = 0; turn < 6; turn++) await world.carry(4);
  assertEquals(loaded.busy.value, true);
  loaded.cancel(row.transfer);
  assertEquals(loaded.busy.value, false);
  await world.settle();
  files.close();
  world.close();
});

Deno.test("the pace is steady, unknown at first, and restarts after a pause", () => {
  const watch = new PaceWatch(10_000);
  assertEquals(watch.see(0, 0), { rate: undefined, remaining: undefined });
  assertEquals(watch.see(900, 300).rate, undefined, "too soon to say");
  assertEquals(watch.see(1_000, 1_000), { rate: 1_000, remaining: 9 });
  const { rate } = watch.see(1_000 + 3_000, 2_000);
  assert(rate !== undefined && rate > 1_000 && rate < 3_000, "one burst is not the pace");
  watch.pause();
  assertEquals(watch.see(5_000, 60_000).rate, undefined);
});
