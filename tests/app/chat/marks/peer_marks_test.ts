// Reactions and the pinned line of a sealed room, between pages alone.

import fc from "fast-check";
import { assert, assertEquals, assertFalse } from "../../../assert.ts";
import { assertProperty } from "../../../seeds.ts";
import { ChatTown, line } from "./chat_town.ts";

const own = (entry: ReturnType<typeof line>) => ({ ...entry, own: true });
const hello = line("ann", "r1");

/** A town of these people, who all have one line of Ann. */
function town(...names: string[]) {
  const town = new ChatTown();
  const people = names.map((name) => town.come(name, [name === "ann" ? own(hello) : hello]));
  return { town, people };
}

Deno.test("a reaction reaches everybody over the links, and the server is not asked", () => {
  const { town: place, people } = town("ann", "bob", "cem");
  const [ann, bob, cem] = people;
  assert(ann && bob && cem);
  bob.signs.marks.mark(hello, "heart", true);
  ann.signs.marks.mark(own(hello), "eyes", true);
  for (const one of people) assertEquals(one.marks, { "ann r1": "bob heart, ann eyes" });
  bob.signs.marks.mark(hello, "heart", false);
  for (const one of people) assertEquals(one.marks, { "ann r1": "ann eyes" });
  assertEquals(place.asked, []);
});

Deno.test("newcomers hear reactions, those of people who have left too; a cut link catches up", () => {
  const { town: place, people: [ann, bob] } = town("ann", "bob");
  assert(ann && bob);
  bob.signs.marks.mark(hello, "fire", true);
  place.leave("bob");
  place.cut.add("ann");
  ann.signs.marks.mark(own(hello), "done", true);
  const cem = place.come("cem", [hello]);
  assertEquals(cem.marks, {});
  place.cut.clear();
  place.link(ann, cem);
  assertEquals(cem.marks, { "ann r1": "bob fire, ann done" });
});

Deno.test("a page whose code comes after its links asks for what it has missed", () => {
  const { town: place, people: [ann, bob] } = town("ann", "bob");
  assert(ann && bob);
  bob.signs.marks.mark(hello, "fire", true);
  ann.signs.marks.pin(hello, true);
  const cem = place.comeLate("cem", [hello]);
  assertEquals([cem.marks, cem.pinned], [{ "ann r1": "bob fire" }, "ann: text r1"]);
  assertEquals(bob.signs.reading.read.value.get("cem"), "ann r1");
});

Deno.test("nobody reacts in another present person's name", () => {
  const { town: place, people: [ann, bob, cem] } = town("ann", "bob", "cem");
  assert(ann && bob && cem);
  const said = { from: "ann", ref: "r1", sign: "thumbs-down", name: "bob", on: true, at: 1 };
  place.tell({
    from: "cem",
    to: "ann",
    body: { type: "marks", marks: [{ ...said, peerId: "bob" }] },
  });
  assertEquals(ann.marks, {});
  const far = { ...said, peerId: "cem", at: place.clock.now() + 10 * 60_000 };
  place.tell({ from: "cem", to: "ann", body: { type: "marks", marks: [far] } });
  assertEquals(ann.marks, {}, "from the future");
});

Deno.test("a reaction to a private line goes to its other reader only", () => {
  const { town: place, people: [ann, bob, cem] } = town("ann", "bob", "cem");
  assert(ann && bob && cem);
  const secret = line("ann", "r2", { to: { peerId: "bob", name: "bob" } });
  ann.entries.value = [own(secret)];
  bob.entries.value = [secret];
  bob.signs.marks.mark(secret, "heart", true);
  place.link(bob, cem);
  assertEquals([ann.marks, cem.marks], [{ "ann r2": "bob heart" }, {}]);
  assertFalse(
    place.told.some(({ to, body }) => to === "cem" && JSON.stringify(body).includes("r2")),
  );
});

Deno.test("a page that is loaded again hears its own reactions, and tells them to nobody", () => {
  const { town: place, people: [ann, bob] } = town("ann", "bob");
  assert(ann && bob);
  bob.signs.marks.mark(hello, "heart", true);
  bob.signs.close();
  place.people.delete("bob");
  const again = place.come("bob", [hello]);
  assertEquals(again.marks, { "ann r1": "bob heart" });
  again.signs.marks.mark(hello, "heart", false);
  assertEquals([again.marks, ann.marks], [{}, {}]);
});

Deno.test("owners pin while one is there, then everybody; newcomers see it", () => {
  const { town: place, people: [ann, bob] } = town("ann", "bob");
  assert(ann && bob);
  place.owners = ["ann"];
  bob.signs.marks.pin(hello, true);
  assertEquals(ann.pinned, undefined);
  ann.signs.marks.pin(hello, true);
  assertEquals([ann.pinned, bob.pinned], ["ann: text r1", "ann: text r1"]);
  place.leave("ann");
  place.owners = [];
  const cem = place.come("cem", [hello]);
  assertEquals(cem.pinned, "ann: text r1");
  cem.signs.marks.pin(hello, false);
  assertEquals([bob.pinned, cem.pinned], [undefined, undefined]);
});

Deno.test("all who have heard the same show the same, in whatever order it came", async () => {
  const mark = fc.record({
    from: fc.constantFrom("bob", "gone"),
    sign: fc.constantFrom("heart", "eyes"),
    on: fc.boolean(),
    at: fc.nat({ max: 20 }),
  });
  await assertProperty(
    fc.property(
      fc.uniqueArray(mark, { selector: ({ from, sign, at }) => `${from} ${sign} ${at}` })
        .chain((marks) =>
          fc.tuple(fc.constant(marks), fc.shuffledSubarray(marks, { minLength: marks.length }))
        ),
      ([one, other]) => {
        const seen = [one, other].map((marks) => {
          const { town: place, people: [ann] } = town("ann", "bob");
          for (const { from: peerId, ...said } of marks) {
            const body = { from: "ann", ref: "r1", peerId, name: peerId, ...said };
            place.tell({ from: "bob", to: "ann", body: { type: "marks", marks: [body] } });
          }
          return Object.values(ann?.marks ?? {}).flatMap((text) => text.split(", ")).toSorted();
        });
        assertEquals(seen[0], seen[1]);
      },
    ),
    { numRuns: 100 },
  );
});
