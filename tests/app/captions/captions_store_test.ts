import { assertEquals } from "../../assert.ts";
import { CaptionedTown } from "./captioned_town.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";

/** Ann wants captions, and Bob has agreed. */
async function agreed() {
  const town = new CaptionedTown("ann", "bob");
  const [ann, bob] = [town.open("ann"), town.open("bob")];
  ann.store.show(true);
  bob.store.agree(true);
  await microtasks();
  const seen = () => ann.store.live.value.get("bob")?.text;
  const kept = () => ann.store.transcript.value.map(({ name, text }) => `${name}: ${text}`);
  return { town, ann, bob, seen, kept };
}

Deno.test("a speaker is asked once, and nothing is recognised before they agree", async () => {
  const town = new CaptionedTown("ann", "bob");
  const [ann, bob] = [town.open("ann"), town.open("bob")];
  ann.store.show(true);
  await microtasks();
  assertEquals([...bob.store.wanters.value], ["ann"]);
  assertEquals(ann.store.writers.value.get("bob"), "asked");
  assertEquals(bob.recogniser.runs.length, 0);
  bob.store.agree(true);
  await microtasks();
  assertEquals(bob.recogniser.runs.length, 1);
  assertEquals(ann.store.writers.value.get("bob"), "on");
  bob.store.agree(false);
  assertEquals(ann.store.writers.value.get("bob"), "declined");
  assertEquals(bob.recogniser.run, undefined);
  town.close();
});

Deno.test("an agreement is remembered in this browser, a refusal is not", async () => {
  const { town, bob } = await agreed();
  assertEquals(new CaptionedTown("cem").open("cem", bob).store.consent.value, "yes");
  bob.store.agree(false);
  assertEquals(new CaptionedTown("cem").open("cem", bob).store.consent.value, "unasked");
  town.close();
});

Deno.test("a browser that recognises nothing on the device says so, and shows others' captions", async () => {
  const town = new CaptionedTown("ann", "bob");
  const [ann, bob] = [town.open("ann", { local: false }), town.open("bob")];
  bob.store.show(true);
  ann.store.show(true);
  ann.store.agree(true);
  bob.store.agree(true);
  await microtasks();
  assertEquals(bob.store.writers.value.get("ann"), "absent");
  assertEquals([ann.store.canWrite, ann.recogniser.runs.length], [false, 0]);
  bob.recogniser.say("hello");
  assertEquals(ann.store.live.value.get("bob")?.text, "hello");
  town.close();
});

Deno.test("nobody is asked for a language that their device does not recognise", async () => {
  const town = new CaptionedTown("ann", "bob");
  const [ann, bob] = [town.open("ann"), town.open("bob")];
  bob.recogniser.ready = "unavailable";
  ann.store.show(true);
  await microtasks();
  assertEquals([bob.store.isAble.value, ann.store.writers.value.get("bob")], [false, "absent"]);
  bob.recogniser.ready = "downloadable";
  bob.store.speak("de-DE");
  await microtasks();
  assertEquals([bob.store.isAble.value, ann.store.writers.value.get("bob")], [true, "asked"]);
  town.close();
});

Deno.test("a line is shown while it is spoken, kept once it is final, and hidden after a while", async () => {
  const { town, bob, seen, kept } = await agreed();
  bob.recogniser.say("good", false);
  assertEquals([seen(), kept()], ["good", []]);
  town.clock.advance(300);
  bob.recogniser.say("good morning", false);
  bob.recogniser.say("good morning");
  assertEquals([seen(), kept()], ["good morning", ["bob: good morning"]]);
  bob.recogniser.say("everybody");
  town.clock.advance(5_000);
  assertEquals(seen(), "everybody");
  town.clock.advance(2_000);
  assertEquals(seen(), undefined);
  assertEquals(kept(), ["bob: good morning", "bob: everybody"]);
  town.close();
});

Deno.test("a line has the time at which it began", async () => {
  const { town, ann, bob } = await agreed();
  const began = town.clock.date();
  bob.recogniser.say("good", false);
  town.clock.advance(1_500);
  bob.recogniser.say("good morning");
  const [line] = ann.store.transcript.value;
  assertEquals([line?.from, line?.to], [began, began + 1_500]);
  town.close();
});

Deno.test("open lines are sent at a reader's pace, final ones at once", async () => {
  const { town, bob } = await agreed();
  town.told.length = 0;
  for (let count = 0; count < 100; count++) {
    bob.recogniser.say(`word ${count}`, false);
    town.clock.advance(10);
  }
  bob.recogniser.say("done");
  const texts = town.told.length;
  assertEquals(texts >= 4 && texts <= 6, true, `${texts} messages in a second`);
  assertEquals(town.told.at(-1), ["bob", "ann", {
    type: "text",
    id: 0,
    text: "done",
    final: true,
  }]);
  town.clock.advance(1_000);
  assertEquals(town.told.length, texts, "an open line never follows its final one");
  town.close();
});

Deno.test("muted people, and people without a microphone, are not listened to", async () => {
  const { town, ann, bob, kept } = await agreed();
  bob.recogniser.say("half a", false);
  bob.muted.value = true;
  assertEquals([bob.recogniser.run, kept()], [undefined, ["bob: half a"]]);
  assertEquals(ann.store.writers.value.get("bob"), "on", "they write again when they are heard");
  bob.muted.value = false;
  await microtasks();
  assertEquals(bob.recogniser.runs.length, 2);
  bob.microphone.value = { kind: "off" };
  assertEquals(bob.recogniser.run, undefined);
  town.close();
});

Deno.test("recognition ends with the last person who wants it", async () => {
  const { town, ann, bob } = await agreed();
  ann.store.show(false);
  assertEquals([bob.store.wanters.value.size, bob.recogniser.run], [0, undefined]);
  ann.store.show(true);
  await microtasks();
  assertEquals(bob.recogniser.runs.length, 2);
  const [peer] = [{ peerId: "ann" }];
  bob.roster.emit({ type: "peer-left", peer: peer as never, reason: "left" });
  assertEquals([bob.store.wanters.value.size, bob.recogniser.run], [0, undefined]);
  town.close();
});

Deno.test("final lines that a broken link missed come once it is back, in order and once", async () => {
  const { town, bob, kept } = await agreed();
  bob.recogniser.say("one");
  town.cut.add("ann");
  bob.recogniser.say("two");
  bob.recogniser.say("three", false);
  bob.recogniser.say("three");
  assertEquals(kept(), ["bob: one"]);
  town.reconnect("ann");
  bob.recogniser.say("four");
  town.reconnect("ann");
  assertEquals(kept(), ["bob: one", "bob: two", "bob: three", "bob: four"]);
  town.close();
});

Deno.test("a speaker whose page is loaded anew, with the same id, is read again from the first line on", async () => {
  const { town, bob, kept } = await agreed();
  bob.recogniser.say("one");
  bob.recogniser.say("two");
  bob.store.close();
  const again = town.open("bob", bob);
  town.reconnect("bob");
  await microtasks();
  again.recogniser.say("three");
  assertEquals(kept(), ["bob: one", "bob: two", "bob: three"]);
  town.close();
});

Deno.test("a page that does not answer is asked some times; one that answers is not asked again", async () => {
  const town = new CaptionedTown("ann", "bob", "old");
  const [ann] = [town.open("ann"), town.open("bob")];
  ann.store.show(true);
  await microtasks();
  town.clock.advance(120_000);
  const wants = (to: string) =>
    town.told.filter(([from, other, body]) =>
      from === "ann" && other === to && Reflect.get(Object(body), "type") === "want"
    ).length;
  assertEquals([wants("bob"), wants("old")], [1, 6]);
  assertEquals(ann.store.writers.value.get("old"), undefined);
  town.reconnect("ann");
  assertEquals(wants("bob"), 2, "its page may have been loaded again");
  town.close();
});

Deno.test("what does not fit the schema, or is not wanted, is ignored", async () => {
  const { town, ann, kept } = await agreed();
  const texts: unknown[] = [
    undefined,
    "text",
    { type: "text", id: 1, text: "x" },
    { type: "text", id: -1, text: "x", final: true },
    { type: "text", id: 1, text: "x".repeat(1_001), final: true },
    { type: "text", id: 1, text: "x", final: true, more: 1 },
    { type: "state", state: "great" },
    { type: "other" },
  ];
  for (const body of texts) ann.store.receive("bob", body);
  ann.store.receive("stranger", { type: "text", id: 0, text: "x", final: true });
  ann.store.receive("bob", { type: "text", id: 0, text: " ", final: true });
  assertEquals(kept(), []);
  ann.store.receive("bob", { type: "text", id: 7, text: "x", final: true });
  ann.store.receive("bob", { type: "text", id: 7, text: "again", final: true });
  assertEquals(kept(), ["bob: x"]);
  ann.store.show(false);
  ann.store.receive("bob", { type: "text", id: 8, text: "y", final: true });
  assertEquals(kept(), ["bob: x"], "what was not shown is not kept");
  ann.store.clear();
  assertEquals(kept(), []);
  town.close();
});

Deno.test("the own lines are in the transcript too, under the own name", async () => {
  const { town, ann, kept } = await agreed();
  ann.store.agree(true);
  await microtasks();
  ann.recogniser.say("my word");
  assertEquals(kept(), ["ann: my word"]);
  assertEquals(ann.store.live.value.get("ann")?.text, "my word");
  town.close();
});

Deno.test("after the end nothing runs", async () => {
  const { town, bob } = await agreed();
  bob.recogniser.say("open", false);
  bob.store.close();
  town.told.length = 0;
  bob.muted.value = true;
  bob.muted.value = false;
  bob.recogniser.runs[0]?.onText("late", true);
  await microtasks();
  town.clock.advance(100_000);
  assertEquals(bob.recogniser.run, undefined);
  assertEquals(town.told.filter(([from]) => from === "bob"), []);
  town.close();
});
