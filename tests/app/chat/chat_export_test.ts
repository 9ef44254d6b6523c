import { assertEquals } from "../../assert.ts";
import { chatAsText } from "../../../app/chat/chat_export.ts";
import { ChatStore } from "../../../app/chat/chat_store.ts";
import { wordsOf } from "../../../app/ui/words/mod.ts";
import { FakeSession } from "../call/fake_session.ts";

const [en, zh] = [wordsOf("en"), wordsOf("zh-CN")];

/** The text of a chat, line by line, of which so many lines were said. */
function saved(count: number, words = en): string[] {
  const session = new FakeSession();
  const chat = new ChatStore(session, () => 5);
  const at = new Date(2026, 10, 29, 10, 30).getTime();
  for (let id = 0; id < count; id++) {
    const line = { id, ref: `r${id}`, from: "a", name: "Ana", text: `line ${id}\nmore`, at };
    session.emit({ type: "chat", own: false, recent: false, line });
  }
  const text = chatAsText(chat.whole.entries, { room: "tea", words });
  return text.split("\n");
}

Deno.test("a saved chat begins with the first line of the visit, however many came", () => {
  const lines = saved(1_200);
  assertEquals(lines.slice(0, 2), ["Parley · tea", ""]);
  assertEquals(lines[2]?.endsWith("Ana: line 0"), true, lines[2]);
  assertEquals(lines[3], "    more");
  assertEquals(lines.length, 2 + 2 * 1_200 + 1);
});

Deno.test("a saved chat whose beginning is missing says so in its first line", () => {
  const { entries } = new ChatStore(new FakeSession(), () => 5).whole;
  assertEquals(
    chatAsText(entries, { room: "tea", words: en, isCut: true }).split("\n")[0],
    "Parley · tea",
  );
  const at = new Date(2026, 10, 29, 10, 30).getTime();
  const entry = { kind: "happened", key: "h", what: "joined", name: "Bo", at } as const;
  for (
    const [words, wanted] of [
      [
        en,
        /^Parley · tea \(starts at 2026-11-29 .*10:30.*: there were too many earlier messages to keep\)$/,
      ],
      [zh, /^Parley · tea \(从 2026-11-29 .*10:30.* 开始：更早的消息过多，未保留\)$/],
    ] as const
  ) {
    const [first = ""] = chatAsText([entry], { room: "tea", words, isCut: true }).split("\n");
    assertEquals(wanted.test(first), true, first);
  }
});

Deno.test("a saved chat says where lines are missing", () => {
  const missing = (count: number, words = en) => {
    const session = new FakeSession();
    const chat = new ChatStore(session, () => 5);
    session.emit({ type: "chat-missing", from: "a", name: "Ana", count });
    return chatAsText(chat.whole.entries, { room: "tea", words }).split("\n")[2]?.split("* ")[1];
  };
  assertEquals(missing(1), "1 message from Ana is missing");
  assertEquals(missing(2), "2 messages from Ana are missing");
  assertEquals(missing(2, zh), "Ana的 2 条消息缺失");
});
