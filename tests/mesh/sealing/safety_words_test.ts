import { assert, assertEquals } from "../../assert.ts";
import { SafetyWords } from "../../../mesh/sealing/safety_words.ts";
import { sha256 } from "../../../mesh/sealing/bytes.ts";

type Message = Parameters<SafetyWords["receive"]>[0];

/** Two ends of one pair; what they send waits until a test delivers it. */
function scene() {
  const sent: Record<"ann" | "bob", Message[]> = { ann: [], bob: [] };
  const found: Record<string, readonly number[]> = {};
  const end = (name: "ann" | "bob") =>
    new SafetyWords({
      pair: { derive: (purpose) => sha256(purpose) },
      isFirst: name === "ann",
      send: (message) => void sent[name].push(message),
      found: (words) => void (found[name] = words),
    });
  return { ann: end("ann"), bob: end("bob"), sent, found };
}

/** Delivers what both have sent, in order, until nothing is left. */
async function deliver({ ann, bob, sent }: ReturnType<typeof scene>): Promise<void> {
  for (let next = true; next;) {
    const [toBob, toAnn] = [sent.ann.shift(), sent.bob.shift()];
    if (toBob !== undefined) await bob.receive(toBob);
    if (toAnn !== undefined) await ann.receive(toAnn);
    next = toBob !== undefined || toAnn !== undefined;
  }
}

Deno.test("both ends find the same seven words", async () => {
  const ends = scene();
  await Promise.all([ends.ann.begin(), ends.bob.begin()]);
  await deliver(ends);
  assertEquals(ends.found.ann?.length, 7);
  assertEquals(ends.found.ann, ends.found.bob);
  for (const word of ends.found.ann ?? []) assert(word >= 0 && word < 64);
});

Deno.test("an end that hears of the other before it has begun commits before it reveals", async () => {
  const ends = scene();
  const { ann, bob, sent, found } = ends;
  await ann.begin();
  const [commit] = sent.ann.splice(0);
  assert(commit !== undefined);
  await bob.receive(commit);
  assertEquals(sent.bob.map(({ kind }) => kind), ["commit", "reveal"]);
  await bob.begin();
  await deliver(ends);
  assertEquals(found.ann?.length, 7);
  assertEquals(found.ann, found.bob);
});

Deno.test("a number that its commitment does not name finds no words", async () => {
  const { ann, bob, sent, found } = scene();
  const other = scene();
  await ann.begin();
  await bob.begin();
  await other.bob.begin();
  const [commit] = sent.bob.splice(0);
  assert(commit !== undefined);
  await ann.receive(commit);
  await other.bob.receive(sent.ann[0] ?? commit);
  const reveal = other.sent.bob.find(({ kind }) => kind === "reveal");
  assert(reveal !== undefined);
  await ann.receive(reveal);
  assertEquals(found.ann, undefined);
});
