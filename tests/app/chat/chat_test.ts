import { assertEquals } from "../../assert.ts";
import { Chat } from "../../../app/chat/chat.ts";
import { FakeSession, peer } from "../call/fake_session.ts";

/** A chat whose code comes when the test says so, at a clock that the test sets. */
function scene() {
  const session = new FakeSession();
  const code = Promise.withResolvers<typeof import("../../../app/chat/chat_store.ts")>();
  const clock = { date: 1 };
  const chat = new Chat(session, () => clock.date, () => code.promise);
  const load = async () => {
    code.resolve(await import("../../../app/chat/chat_store.ts"));
    return await chat.ready();
  };
  const arrive = (text: string) =>
    session.emit({
      type: "chat",
      own: false,
      recent: false,
      line: { id: text.length, ref: text, from: "a", name: "Ana", text, at: 1 },
    });
  return { session, chat, clock, load, arrive };
}

Deno.test("what happens before the chat's code is there is shown, in order and with its time", async () => {
  const { session, chat, clock, load, arrive } = scene();
  session.enter();
  arrive("early");
  clock.date = 2;
  session.emit({ type: "peer-joined", peer: peer("k", "Kenji") });
  clock.date = 3;
  const loaded = load();
  arrive("meanwhile");
  await loaded;
  arrive("after");
  const entries = chat.store.value?.entries.value ?? [];
  const shown = entries.map((entry) => entry.kind === "line" ? entry.text : entry.name);
  assertEquals(shown, ["early", "Kenji", "meanwhile", "after"]);
  assertEquals(entries[1]?.at, 2);
  assertEquals(chat.store.value?.unread.value, 3);
});

Deno.test("a closed chat follows nothing", async () => {
  const { chat, load, arrive } = scene();
  const store = await load();
  chat.close();
  await chat.ready();
  arrive("after the end");
  assertEquals(store.entries.value, []);
});
