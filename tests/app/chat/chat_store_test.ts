import { assert, assertEquals } from "../../assert.ts";
import type { ChatEntry } from "../../../app/chat/chat_entries.ts";
import { ChatStore, mostEntries } from "../../../app/chat/chat_store.ts";
import type { ChatLine } from "../../../protocol/mod.ts";
import { FakeSession, peer } from "../call/fake_session.ts";

function scene() {
  const session = new FakeSession();
  const chat = new ChatStore(session, () => 5);
  let id = 0;
  const arrive = (text: string, { own = false, ref = `ref-${id}` } = {}) =>
    session.emit({
      type: "chat",
      own,
      recent: false,
      line: { id: id++, ref, from: own ? "me" : "a", name: own ? "Mira" : "Ana", text, at: id },
    });
  const wait = (ref: string, text: string) =>
    session.emit({ type: "chat-waiting", ref, text, at: 1 });
  return { session, chat, arrive, wait, shown: () => chat.entries.value.map(words) };
}

function words(entry: ChatEntry): string {
  if (entry.kind === "file") return `${entry.own ? "I" : entry.name} offer ${entry.file}`;
  return entry.kind === "line"
    ? `${entry.own ? "I" : entry.name}: ${entry.text} (${entry.delivery})`
    : `${entry.name} ${entry.what}`.trim();
}

Deno.test("an own line waits at the end and moves to the server's place when its echo comes", () => {
  const { arrive, wait, shown } = scene();
  wait("mine", "hello");
  arrive("before you");
  assertEquals(shown(), ["Ana: before you (delivered)", "I: hello (waiting)"]);
  arrive("hello", { own: true, ref: "mine" });
  arrive("after you");
  assertEquals(shown(), [
    "Ana: before you (delivered)",
    "I: hello (delivered)",
    "Ana: after you (delivered)",
  ]);
});

Deno.test("a refused line stays and says so", () => {
  const { session, wait, shown } = scene();
  wait("mine", "too fast");
  session.emit({ type: "chat-refused", ref: "mine", code: "rate" });
  assertEquals(shown(), ["I: too fast (refused)"]);
});

Deno.test("peers present before joining are not joins; later ones are", () => {
  const { session, shown } = scene();
  session.emit({ type: "peer-joined", peer: peer("a", "Ana") });
  session.enter();
  session.emit({ type: "peer-joined", peer: peer("k", "Kenji") });
  session.emit({ type: "peer-left", peer: peer("a", "Ana"), reason: "lost" });
  assertEquals(shown(), ["Kenji joined", "Ana lost"]);
});

Deno.test("losing and regaining the server are shown once each", () => {
  const { session, shown } = scene();
  session.enter();
  const away = { kind: "reconnecting", room: "attic", selfId: "me", since: 0 } as const;
  session.become(away);
  session.become(away);
  session.enter();
  assertEquals(shown(), ["server-lost", "server-back"]);
});

Deno.test("others' lines count as unread until the chat is seen; own lines never do", () => {
  const { chat, arrive } = scene();
  arrive("one");
  arrive("mine", { own: true });
  arrive("two");
  assertEquals(chat.unread.value, 2);
  assertEquals(chat.missed.value, { key: "0-ref-0", count: 2 });
  chat.setSeen(true);
  arrive("three");
  assertEquals(chat.unread.value, 0);
  assertEquals(chat.missed.value?.count, 2, "the mark above what was missed stays while one reads");
  chat.setSeen(false);
  assertEquals(chat.missed.value, undefined);
  arrive("four");
  assertEquals([chat.unread.value, chat.missed.value?.count], [1, 1]);
});

Deno.test("what a SkyRTC page writes past the server is shown under its name", () => {
  const { session, chat, shown } = scene();
  session.emit({ type: "peer-joined", peer: peer("s", "Sky") });
  session.emit({ type: "peer-text", peerId: "s", text: "hi", at: 1 });
  assertEquals(shown(), ["Sky: hi (delivered)"]);
  assertEquals(chat.unread.value, 1);
});

const line = (ref: string, part: Partial<ChatLine> = {}): ChatLine => (
  { id: 1, ref, from: "a", name: "Ana", text: ref, at: 1, ...part }
);
const said = (chat: ChatStore) =>
  chat.entries.value.filter((entry) => entry.kind === "line").map(
    ({ text, version, change }) => `${text || "-"} ${version} ${change}`,
  );

Deno.test("an edited line keeps its place and is marked as edited or deleted", () => {
  const { session, chat, arrive } = scene();
  arrive("one", { ref: "r1" });
  arrive("two", { ref: "r2" });
  session.emit({ type: "chat-changed", line: line("r1", { text: "uno", changed: 2 }) });
  assertEquals(said(chat), ["uno edited none", "two first none"]);
  session.emit({ type: "chat-changed", line: line("r1", { text: null, changed: 2 }) });
  assertEquals(said(chat), ["- deleted none", "two first none"]);
  assertEquals(chat.unread.value, 2, "a change is no new line");
});

Deno.test("an own edit shows at once, and a refused one restores the line", () => {
  const { session, chat, arrive } = scene();
  arrive("one", { own: true, ref: "r1" });
  session.emit({ type: "chat-changing", ref: "r1", text: "uno" });
  session.emit({ type: "chat-changing", ref: "r1", text: "un" });
  assertEquals(said(chat), ["un edited waiting"]);
  session.emit({ type: "chat-refused", ref: "r1", code: "no-such-line" });
  assertEquals(said(chat), ["one first refused"]);
  session.emit({ type: "chat-changing", ref: "r1", text: null });
  session.emit({ type: "chat-changed", line: line("r1", { text: null, changed: 2 }) });
  assertEquals(said(chat), ["- deleted none"]);
});

Deno.test("recent lines are neither unread nor news, and the moment of coming is marked below them", () => {
  const { session, chat, shown } = scene();
  session.emit({ type: "chat", line: line("r1"), own: false, recent: true });
  session.enter();
  assertEquals(shown(), ["Ana: r1 (delivered)", "entered"]);
  assertEquals([chat.unread.value, chat.latest.value], [0, undefined]);
  session.emit({ type: "chat", line: line("r2"), own: false, recent: false });
  assertEquals([chat.unread.value, chat.latest.value?.text], [1, "r2"]);
});

Deno.test("another visit to the same room shows no line twice", () => {
  const { session, arrive, shown } = scene();
  arrive("mine", { own: true, ref: "r1" });
  session.emit({ type: "chat", line: line("r1", { text: "mine" }), own: false, recent: true });
  assertEquals(shown(), ["I: mine (delivered)"]);
});

Deno.test("a private line shows its addressee from the draft on", () => {
  const { session, chat } = scene();
  session.roster.peers.push(peer("a", "Ana"));
  session.emit({ type: "chat-waiting", ref: "r1", text: "psst", at: 1, to: "a", answers: "r0" });
  const [waiting] = chat.entries.value;
  assert(waiting?.kind === "line");
  assertEquals([waiting.to, waiting.answers], [{ peerId: "a", name: "Ana" }, "r0"]);
});

Deno.test("a long day does not pile up lines without end, and keys stay unique", () => {
  const { chat, arrive } = scene();
  for (let index = 0; index < mostEntries + 20; index++) arrive(`line ${index}`);
  const keys = chat.entries.value.map(({ key }) => key);
  assertEquals(keys.length, mostEntries);
  assertEquals(new Set(keys).size, mostEntries);
});

Deno.test("what is no longer shown can still be saved, as it was last worded", () => {
  const { session, chat, arrive } = scene();
  for (let index = 0; index < mostEntries + 20; index++) {
    arrive(`line ${index}`, { ref: `r${index}` });
  }
  session.emit({ type: "chat-changed", line: line("r3", { text: "better", changed: 2 }) });
  session.emit({ type: "chat-changed", line: line("r4", { text: null, changed: 2 }) });
  const { entries, isCut } = chat.whole;
  const texts = entries.map((entry) => entry.kind === "line" ? entry.text : "");
  assertEquals([entries.length, isCut], [mostEntries + 20, false]);
  assertEquals(texts.slice(0, 6), ["line 0", "line 1", "line 2", "better", "", "line 5"]);
  assertEquals(new Set(entries.map(({ key }) => key)).size, entries.length);
});

Deno.test("the saved chat has a limit, and says so once it is reached", () => {
  const { chat, arrive } = scene();
  const long = "x".repeat(4_000);
  for (let index = 0; index < mostEntries + 1_900; index++) arrive(long);
  assertEquals(chat.whole.isCut, false);
  for (let index = 0; index < 200; index++) arrive(long);
  const { entries, isCut } = chat.whole;
  assertEquals(isCut, true);
  assert(entries.length < mostEntries + 2_000);
  assert(entries[0]?.key !== "0-ref-0");
});

Deno.test("a closed chat hears nothing", () => {
  const { session, chat } = scene();
  chat.close();
  assertEquals(session.listeners, 0);
});

Deno.test("missing lines have their place among the others, and are not counted as unread", () => {
  const { session, chat, arrive, shown } = scene();
  arrive("before");
  const unread = chat.unread.value;
  session.emit({ type: "chat-missing", from: "a", name: "Ana", count: 2 });
  assertEquals(shown(), ["Ana: before (delivered)", "Ana missing"]);
  assertEquals(chat.unread.value, unread);
  const entry = chat.entries.value.at(-1);
  assertEquals(entry?.kind === "happened" && entry.count, 2);
});

Deno.test("a line that an owner has deleted is shown as such, whatever its author changes, also later", () => {
  const { session, chat, arrive } = scene();
  arrive("buy cheap tea", { ref: "r1" });
  chat.hide([{ from: "a", ref: "r1" }, { from: "a", ref: "r2" }], "An owner deleted this.");
  const line = { id: 9, ref: "r1", from: "a", name: "Ana", text: "buy it", at: 9, changed: 9 };
  session.emit({ type: "chat-changed", line });
  const before = chat.unread.value;
  arrive("buy more", { ref: "r2" });
  const shown = chat.entries.value.map((entry) =>
    entry.kind === "line" && [entry.text, entry.version, entry.deletion]
  );
  const deleted = ["", "deleted", "An owner deleted this."];
  assertEquals([shown, chat.unread.value], [[deleted, deleted], before]);
});

Deno.test("a line of another author with the same ref stays", () => {
  const { chat, arrive } = scene();
  arrive("tea is ready", { ref: "r1" });
  chat.hide([{ from: "b", ref: "r1" }], "An owner deleted this.");
  assertEquals(chat.entries.value.map((entry) => entry.kind === "line" && entry.text), [
    "tea is ready",
  ]);
});
