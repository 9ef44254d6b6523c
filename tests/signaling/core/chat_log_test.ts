import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { type ChatLine, limits, serverLimits } from "../../../protocol/mod.ts";
import { ChatLog } from "../../../signaling/core/chat_log.ts";

const reader = { peerId: "me", since: 0 };

function line(id: number, part: Partial<ChatLine> = {}): ChatLine {
  return { id, ref: `r${id}`, from: "a", name: "Ana", text: "x", at: 0, ...part };
}

const bytes = (lines: readonly ChatLine[]) =>
  lines.reduce((sum, line) => sum + new TextEncoder().encode(JSON.stringify(line)).length, 0);

Deno.test("exactly so many lines are kept, and who followed less is told of the gap", () => {
  const log = new ChatLog();
  for (let id = 1; id <= limits.recentChatLines; id++) log.add(line(id), 0);
  assertEquals(log.after(0, reader).gap, false);
  assertEquals(log.all(reader).length, limits.recentChatLines);
  log.add(line(limits.recentChatLines + 1), 0);
  assertEquals(log.all(reader).length, limits.recentChatLines);
  assertEquals(log.all(reader)[0]?.id, 2);
  assertEquals([log.after(0, reader).gap, log.after(1, reader).gap], [true, false]);
});

Deno.test("bytes are counted as they travel, and the newest line is kept whatever it weighs", () => {
  const log = new ChatLog();
  // Three bytes each in UTF-8, one unit in UTF-16.
  for (let id = 1; id <= 60; id++) log.add(line(id, { text: "字".repeat(1_000) }), 0);
  const kept = log.all(reader);
  assertLessOrEqual(bytes(kept), serverLimits.recentChatBytes);
  assert(bytes(kept) > serverLimits.recentChatBytes - 4_000, "and not much less");
  log.add(line(61, { text: "\u0001".repeat(serverLimits.recentChatBytes) }), 0);
  assertEquals(log.all(reader).map(({ id }) => id), [61]);
});

Deno.test("a change that makes a line longer pushes out older ones", () => {
  const log = new ChatLog();
  for (let id = 1; id <= 150; id++) log.add(line(id, { text: "x".repeat(1_000) }), 0);
  const before = log.all(reader).length;
  log.replace(line(150, { text: "x".repeat(4_000), changed: 150 }), 0);
  assert(log.all(reader).length < before);
  assertLessOrEqual(bytes(log.all(reader)), serverLimits.recentChatBytes);
  assertEquals(log.find("a", "r1"), undefined, "what is not kept cannot be changed");
});

Deno.test("private lines push out no public ones, and only their own two miss them", () => {
  const log = new ChatLog();
  log.add(line(1), 0);
  const to = { peerId: "me", name: "Me" };
  for (let n = 0; n <= limits.recentChatLines; n++) log.add(line(1, { ref: `p${n}`, to }), 0);
  assertEquals(log.all({ peerId: "third", since: 0 }).map(({ ref }) => ref), ["r1"]);
  assertEquals(log.all(reader).length, 1 + limits.recentChatLines);
  assertEquals(log.after(0, reader).gap, true);
  assertEquals(log.after(0, { peerId: "third", since: 0 }).gap, false);
});

Deno.test("a line is kept for a day and not longer", () => {
  const log = new ChatLog();
  log.add(line(1), 0);
  log.add(line(2), 5_000);
  log.tick(serverLimits.recentChatMs - 1);
  assertEquals(log.all(reader).length, 2);
  log.tick(serverLimits.recentChatMs);
  assertEquals(log.all(reader).map(({ id }) => id), [2]);
});

Deno.test("a continued log knows what was dropped, and how old its lines are", () => {
  const log = new ChatLog();
  const to = { peerId: "me", name: "Me" };
  for (let n = 0; n <= limits.recentChatLines; n++) log.add(line(1, { ref: `p${n}`, to }), 0);
  for (let id = 2; id <= limits.recentChatLines + 3; id++) log.add(line(id), 0);
  const next = new ChatLog();
  const lines = [...log.entries()].toReversed();
  // An hour later by the system clock.
  const hour = 60 * 60_000;
  next.restore({ lines, head: log.head }, { now: 0, at: hour });
  assertEquals(next.all(reader), log.all(reader));
  for (const [peerId, revision] of [["me", 0], ["me", 2], ["me", 3], ["other", 3]] as const) {
    const one = { peerId, since: 0 };
    assertEquals(next.after(revision, one), log.after(revision, one), `${peerId} at ${revision}`);
  }
  assertEquals(
    [...next.entries()].map(({ order }) => order).toSorted(),
    [...log.entries()]
      .map(({ order }) => order).toSorted(),
  );
  next.add(line(limits.recentChatLines + 4), 0);
  assertEquals(next.all(reader).at(-1)?.id, limits.recentChatLines + 4, "the newest is the last");
  next.tick(serverLimits.recentChatMs - hour);
  assertEquals(next.all(reader).map(({ id }) => id), [limits.recentChatLines + 4]);
});
