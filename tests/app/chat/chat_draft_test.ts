import { assertEquals, assertFalse } from "../../assert.ts";
import { ChatDraft } from "../../../app/chat/chat_draft.ts";
import type { LineEntry } from "../../../app/chat/chat_entries.ts";
import { ChatStore } from "../../../app/chat/chat_store.ts";
import { FakeSession } from "../call/fake_session.ts";

const ana = { peerId: "a", name: "Ana" };

/** A draft and one line each: public, private from Ana, own. */
function scene() {
  const session = new FakeSession();
  const chat = new ChatStore(session, () => 1);
  const draft = new ChatDraft(session.chat);
  const line = (ref: string, more = {}) => {
    const { peerId: from, name } = ana;
    session.emit({
      type: "chat",
      line: { id: 1, ref, from, name, text: ref, at: 1, ...more },
      own: false,
      recent: false,
    });
    const entry = chat.entries.value.at(-1);
    if (entry?.kind !== "line") throw new Error("no line");
    return entry;
  };
  const me = { peerId: "me", name: "Mira" };
  const lines: Record<"open" | "secret" | "own", LineEntry> = {
    open: line("open"),
    secret: line("secret", { to: me }),
    own: { ...line("own"), own: true },
  };
  const write = (text: string) => {
    draft.write(text);
    return draft.send();
  };
  return { session, draft, ...lines, write };
}

Deno.test("a sent draft is sent once and the box is empty again", () => {
  const { session, draft, write } = scene();
  assertEquals(write("  hello \n"), true);
  assertEquals([session.asked, draft.text.value], [["say hello"], ""]);
  assertFalse(write(""));
});

Deno.test("a private addressee stays until the writer says otherwise", () => {
  const { session, draft, write } = scene();
  draft.address(ana);
  write("one");
  write("two");
  draft.address(undefined);
  write("three");
  assertEquals(session.asked, ["say one to a", "say two to a", "say three"]);
});

Deno.test("an answer names its line, once; one to a private line is private", () => {
  const { session, draft, open, secret, write } = scene();
  draft.answer(open);
  write("one");
  write("two");
  draft.answer(secret);
  write("three");
  assertEquals(session.asked, ["say one on open", "say two", "say three to a on secret"]);
});

Deno.test("addressing everyone cancels the answer to a private line", () => {
  const { session, draft, secret, write } = scene();
  draft.answer(secret);
  draft.address(undefined);
  write("hello");
  assertEquals(session.asked, ["say hello"]);
});

Deno.test("changing a line sets the draft aside and brings it back", () => {
  const { session, draft, own, write } = scene();
  draft.write("half a thought");
  draft.edit(own);
  assertEquals(draft.text.value, "own");
  write("better");
  assertEquals([session.asked, draft.text.value], [["change own to better"], "half a thought"]);
  draft.edit(own);
  assertEquals([draft.cancel(), draft.text.value], [true, "half a thought"]);
  assertFalse(draft.cancel());
});

Deno.test("a line that was not changed is not sent", () => {
  const { session, draft, own } = scene();
  draft.edit(own);
  assertEquals([draft.send(), session.asked], [true, []]);
});
