import { assertEquals } from "../assert.ts";
import { type ChatEntry, ChatStore, mostEntries } from "../../state/mod.ts";
import { FakeSession, peer } from "./fake_session.ts";

function scene() {
  const session = new FakeSession();
  const chat = new ChatStore(session, () => 5);
  let id = 0;
  const arrive = (text: string, { own = false, ref = `ref-${id}` } = {}) =>
    session.tell({
      type: "chat",
      own,
      line: { id: id++, ref, from: own ? "me" : "a", name: own ? "Mira" : "Ana", text, at: id },
    });
  const wait = (ref: string, text: string) =>
    session.tell({ type: "chat-waiting", ref, text, at: 1 });
  return { session, chat, arrive, wait, shown: () => chat.entries.value.map(words) };
}

function words(entry: ChatEntry): string {
  if (entry.kind === "file") return `${entry.own ? "I" : entry.name} offer ${entry.file}`;
  return entry.kind === "said"
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
  session.tell({ type: "chat-refused", ref: "mine", code: "rate" });
  assertEquals(shown(), ["I: too fast (refused)"]);
});

Deno.test("who was here already did not join; who comes later did", () => {
  const { session, shown } = scene();
  session.tell({ type: "peer-joined", peer: peer("a", "Ana") });
  session.enter();
  session.tell({ type: "peer-joined", peer: peer("k", "Kenji") });
  session.tell({ type: "peer-left", peer: peer("a", "Ana"), reason: "lost" });
  assertEquals(shown(), ["Kenji joined", "Ana lost"]);
});

Deno.test("losing and finding the server is told once each", () => {
  const { session, shown } = scene();
  session.enter();
  const away = { kind: "reconnecting", room: "attic", selfId: "me", since: 0 } as const;
  session.become(away);
  session.become(away);
  session.enter();
  assertEquals(shown(), ["server-lost", "server-back"]);
});

Deno.test("others' lines count as unread until somebody looks; own lines never do", () => {
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
  session.tell({ type: "peer-joined", peer: peer("s", "Sky") });
  session.tell({ type: "peer-text", peerId: "s", text: "hi", at: 1 });
  assertEquals(shown(), ["Sky: hi (delivered)"]);
  assertEquals(chat.unread.value, 1);
});

Deno.test("a long day does not pile up lines without end, and keys stay unique", () => {
  const { chat, arrive } = scene();
  for (let index = 0; index < mostEntries + 20; index++) arrive(`line ${index}`);
  const keys = chat.entries.value.map(({ key }) => key);
  assertEquals(keys.length, mostEntries);
  assertEquals(new Set(keys).size, mostEntries);
});

Deno.test("a closed chat hears nothing", () => {
  const { session, chat } = scene();
  chat.close();
  assertEquals(session.listeners, 0);
});
