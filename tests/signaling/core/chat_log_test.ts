import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { type ChatLine, limits } from "../../../protocol/mod.ts";
import { ChatShelf } from "../../../signaling/core/chat_log.ts";

const reader = { peerId: "me", since: 0 };

function line(id: number, part: Partial<ChatLine> = {}): ChatLine {
  return { id, ref: `r${id}`, from: "a", name: "Ana", text: "x", at: 0, ...part };
}

const bytes = (lines: readonly ChatLine[]) =>
  lines.reduce((sum, line) => sum + new TextEncoder().encode(JSON.stringify(line)).length, 0);

Deno.test("exactly so many lines are kept, and who followed less is told of the gap", () => {
  const shelf = new ChatShelf();
  for (let id = 1; id <= limits.recentChatLines; id++) shelf.add(line(id), 0);
  assertEquals(shelf.after(0, reader).gap, false);
  assertEquals(shelf.all(reader).length, limits.recentChatLines);
  shelf.add(line(limits.recentChatLines + 1), 0);
  assertEquals(shelf.all(reader).length, limits.recentChatLines);
  assertEquals(shelf.all(reader)[0]?.id, 2);
  assertEquals([shelf.after(0, reader).gap, shelf.after(1, reader).gap], [true, false]);
});

Deno.test("bytes are counted as they travel, and the newest line is kept whatever it weighs", () => {
  const shelf = new ChatShelf();
  // Three bytes each in UTF-8, one unit in UTF-16.
  for (let id = 1; id <= 60; id++) shelf.add(line(id, { text: "字".repeat(1_000) }), 0);
  const kept = shelf.all(reader);
  assertLessOrEqual(bytes(kept), limits.recentChatBytes);
  assert(bytes(kept) > limits.recentChatBytes - 4_000, "and not much less");
  shelf.add(line(61, { text: "\u0001".repeat(limits.recentChatBytes) }), 0);
  assertEquals(shelf.all(reader).map(({ id }) => id), [61]);
});

Deno.test("a change that makes a line longer pushes out older ones", () => {
  const shelf = new ChatShelf();
  for (let id = 1; id <= 150; id++) shelf.add(line(id, { text: "x".repeat(1_000) }), 0);
  const before = shelf.all(reader).length;
  shelf.replace(line(150, { text: "x".repeat(4_000), changed: 150 }), 0);
  assert(shelf.all(reader).length < before);
  assertLessOrEqual(bytes(shelf.all(reader)), limits.recentChatBytes);
  assertEquals(shelf.find("a", "r1"), undefined, "what is not kept cannot be changed");
});

Deno.test("private lines push out no public ones, and only their own two miss them", () => {
  const shelf = new ChatShelf();
  shelf.add(line(1), 0);
  const to = { peerId: "me", name: "Me" };
  for (let n = 0; n <= limits.recentChatLines; n++) shelf.add(line(1, { ref: `p${n}`, to }), 0);
  assertEquals(shelf.all({ peerId: "third", since: 0 }).map(({ ref }) => ref), ["r1"]);
  assertEquals(shelf.all(reader).length, 1 + limits.recentChatLines);
  assertEquals(shelf.after(0, reader).gap, true);
  assertEquals(shelf.after(0, { peerId: "third", since: 0 }).gap, false);
});

Deno.test("a line is kept for a day and not longer", () => {
  const shelf = new ChatShelf();
  shelf.add(line(1), 0);
  shelf.add(line(2), 5_000);
  shelf.age(limits.recentChatMs - 1);
  assertEquals(shelf.all(reader).length, 2);
  shelf.age(limits.recentChatMs);
  assertEquals(shelf.all(reader).map(({ id }) => id), [2]);
});
