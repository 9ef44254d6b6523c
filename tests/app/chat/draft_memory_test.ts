import { assertEquals } from "../../assert.ts";
import { ChatDraft } from "../../../app/chat/chat_draft.ts";
import { keepDraft } from "../../../app/chat/draft_memory.ts";
import { FakeSession } from "../call/fake_session.ts";

const newDraft = () => new ChatDraft(new FakeSession().chat);

function diskOf(entries = new Map<string, string>()) {
  const disk = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, text: string) => void entries.set(key, text),
    removeItem: (key: string) => void entries.delete(key),
  };
  return { entries, disk };
}

Deno.test("a draft comes back with its addressee, in its room only, until it is sent", () => {
  const { entries, disk } = diskOf();
  const ann = { peerId: "a", name: "Ann" };
  const before = newDraft();
  const stop = keepDraft(before, { room: "tea", isSealed: false, disk });
  before.write("for you");
  before.address(ann);
  stop();
  const [again, other] = [newDraft(), newDraft()];
  keepDraft(again, { room: "tea", isSealed: false, disk });
  keepDraft(other, { room: "attic", isSealed: false, disk });
  assertEquals([again.text.value, again.to.value, other.text.value], ["for you", ann, ""]);
  again.send();
  assertEquals(entries.size, 0);
});

Deno.test("a draft of a sealed room is never on disk, and stays in the page", () => {
  const { entries, disk } = diskOf();
  const options = { room: "sealed", isSealed: true, disk };
  const before = newDraft();
  keepDraft(before, options)();
  keepDraft(before, options);
  before.write("a secret");
  const again = newDraft();
  keepDraft(again, options);
  assertEquals([again.text.value, entries.size], ["a secret", 0]);
});

Deno.test("damaged storage, and a text that is there already, change nothing", () => {
  for (const text of ["", "{", "1", '{"text":1}', '{"text":"x","to":{"peerId":1}}']) {
    const draft = newDraft();
    keepDraft(draft, {
      room: "tea",
      isSealed: false,
      disk: diskOf(new Map([["parley-draft-tea", text]])).disk,
    });
    assertEquals(draft.text.value, "", text);
  }
  const draft = newDraft();
  draft.write("newer");
  const { disk } = diskOf(new Map([["parley-draft-tea", '{"text":"older"}']]));
  keepDraft(draft, { room: "tea", isSealed: false, disk });
  assertEquals(draft.text.value, "newer");
});
