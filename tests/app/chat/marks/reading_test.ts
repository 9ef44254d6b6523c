// Who is writing, and who has read.

import { assert, assertEquals, assertFalse } from "../../../assert.ts";
import { readersOf } from "../../../../app/chat/marks/reading.ts";
import { ChatTown, line } from "./chat_town.ts";

function pair() {
  const town = new ChatTown(false);
  const [ann, bob] = [town.come("ann"), town.come("bob")];
  return { town, ann, bob };
}

Deno.test("who writes is shown to the others until they stop, send or leave", () => {
  const { town, ann, bob } = pair();
  const writers = () => bob.signs.reading.writers.value;
  ann.text.value = "h";
  assertEquals(writers(), ["ann"]);
  town.clock.advance(3_000);
  assertEquals(writers(), [], "no key for three seconds");
  ann.text.value = "he";
  ann.text.value = "";
  assertEquals(writers(), [], "nothing is left");
  ann.text.value = "hello";
  bob.entries.value = [line("ann", "r1")];
  assertEquals(writers(), [], "the line has come");
  town.cut.add("ann");
  town.cut.clear();
  ann.text.value = "hello again";
  town.cut.add("ann");
  town.clock.advance(7_000);
  assertEquals(writers(), [], "nothing more was heard");
});

Deno.test("writing to one person is told to that person only", () => {
  const { town, ann, bob } = pair();
  const cem = town.come("cem");
  ann.to.value = { peerId: "cem", name: "cem" };
  ann.text.value = "psst";
  const writers = [bob, cem].map(({ signs }) => signs.reading.writers.value);
  assertEquals(writers, [[], ["ann"]]);
});

Deno.test("a line is read by those who have seen it or a later one", () => {
  const { ann, bob } = pair();
  const lines = [line("ann", "r1", { own: true }), line("ann", "r2", { own: true })];
  const [first, second] = lines;
  assert(first && second);
  const readers = (entry: typeof first) =>
    readersOf(entry, { entries: lines, read: ann.signs.reading.read.value });
  bob.isSeen = false;
  bob.entries.value = lines.map((entry) => ({ ...entry, own: false })).slice(0, 1);
  ann.entries.value = lines;
  assertEquals(readers(first), [], "out of view");
  bob.isSeen = true;
  bob.signs.reading.look();
  assertEquals([readers(first), readers(second)], [["bob"], []]);
  bob.entries.value = lines.map((entry) => ({ ...entry, own: false }));
  assertEquals([readers(first), readers(second)], [["bob"], ["bob"]]);
});

Deno.test("a private line is told about to its other reader only", () => {
  const { town, ann, bob } = pair();
  const cem = town.come("cem");
  const secret = line("ann", "r2", { to: { peerId: "bob", name: "bob" } });
  bob.entries.value = [line("ann", "r1"), secret];
  assertEquals(ann.signs.reading.read.value.get("bob"), "ann r2");
  assertEquals(cem.signs.reading.read.value.get("bob"), "ann r1");
  assertFalse(
    town.told.some(({ to, body }) => to === "cem" && JSON.stringify(body).includes("r2")),
  );
});

Deno.test("who does not tell is shown nothing, and what was told is taken back", () => {
  const { town, ann, bob } = pair();
  bob.entries.value = [line("ann", "r1")];
  ann.signs.reading.setTells(false);
  assertEquals(ann.signs.reading.read.value.size, 0);
  bob.text.value = "h";
  assertEquals(ann.signs.reading.writers.value, []);
  ann.entries.value = [line("ann", "r1", { own: true })];
  ann.text.value = "h";
  assertEquals([bob.signs.reading.writers.value, bob.signs.reading.read.value.size], [[], 0]);
  assertEquals(ann.storage.get("parley-chat-signs"), "no");
  ann.signs.reading.setTells(true);
  assertEquals(bob.signs.reading.read.value.get("ann"), "ann r1");
  ann.signs.close();
  bob.signs.close();
  assertEquals(town.clock.waiting, 0, "nothing runs after the end");
});

Deno.test("an open room's reactions come from the server, which is asked after each welcome", () => {
  const { town, ann } = pair();
  const state = { kind: "joined", room: "tea", selfId: "ann", capacity: 8 } as const;
  ann.session.emit({ type: "state", state });
  const mark = { sign: "heart", peerId: "bob", name: "Bob" } as const;
  ann.late.emit({ type: "marks", lines: [{ from: "ann", ref: "r1", marks: [mark] }] });
  ann.late.emit({ type: "marks", lines: [{ from: "ann", ref: "r2", marks: [mark] }] });
  ann.late.emit({ type: "marks", lines: [{ from: "ann", ref: "r2", marks: [] }] });
  assertEquals(ann.marks, { "ann r1": "Bob heart" });
  ann.signs.marks.mark(line("bob", "r3"), "eyes", true);
  assertEquals(town.asked.filter((text) => text.startsWith("ann")), [
    'ann {"type":"ask-marks"}',
    'ann {"type":"ask-marks"}',
    'ann {"type":"mark","from":"bob","ref":"r3","sign":"eyes","on":true}',
  ]);
  assertEquals(town.told.filter(({ body }) => JSON.stringify(body).includes("marks")), []);
});
