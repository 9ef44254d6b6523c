/**
 * Whatever holders do (lie, be slow, leave): a block is asked of one holder at a time, only of
 * one that has it, and everything comes in the end if an honest owner stays.
 */
import fc from "fast-check";
import { BlockMap } from "../../../../mesh/files/blocks/block_map.ts";
import { type Ask, Picker } from "../../../../mesh/files/blocks/picker.ts";
import { Seeder } from "../../../../mesh/files/blocks/seeder.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../../assert.ts";
import { assertProperty } from "../../../seeds.ts";

interface Line {
  readonly id: string;
  readonly has: BlockMap;
  readonly lies: boolean;
  readonly owed: Ask[];
}

const each = 3;
const all = 8;

const holder = fc.record({ lies: fc.boolean(), bits: fc.array(fc.nat(39), { maxLength: 40 }) });
const script = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  holders: fc.array(holder, { maxLength: 4 }),
  /** Who moves next: an answer, a loss, a return. */
  steps: fc.array(fc.record({ who: fc.nat(4), act: fc.nat(11) }), { maxLength: 80 }),
});

/** One receiver among holders. */
class Scene {
  readonly have: BlockMap;
  readonly picker: Picker<string>;
  readonly seeder: Seeder<string>;
  readonly lines = new Map<string, Line>();
  now = 0;

  constructor(readonly count: number) {
    this.have = new BlockMap(count);
    this.picker = new Picker({ have: this.have, each, all, random: () => 0.5 }, 0);
    this.seeder = new Seeder(count);
    this.seeder.add("me", new BlockMap(count));
  }

  add(line: Omit<Line, "owed">): void {
    if (this.picker.isBanned(line.id)) return;
    this.picker.add(line.id, { has: line.has, isOwner: line.id === "owner" });
    this.lines.set(line.id, { ...line, owed: [] });
  }

  askAll(): void {
    for (const { id, has, owed } of this.lines.values()) {
      for (let ask = this.picker.next(id, this.now); ask !== undefined;) {
        if (ask !== "any") {
          assert(has.has(ask) && !this.have.has(ask), "it asks who has it, for what is missing");
          const others = [...this.lines.values()].filter((line) => line.owed.includes(ask ?? -1));
          assertEquals(others.length, 0, "nobody else owes the block");
        }
        owed.push(ask);
        ask = this.picker.next(id, this.now);
      }
      assertLessOrEqual(owed.length, each);
    }
  }

  answer(line: Line): void {
    const ask = line.owed.shift();
    if (ask === undefined) return;
    const block = ask === "any" ? this.seeder.choose("me") : ask;
    if (block === undefined) return void this.picker.refused(line.id, this.now);
    if (ask === "any") assert(this.picker.chosen(line.id, block));
    this.picker.arrived(line.id, block);
    if (line.lies) {
      this.picker.lost(block);
      this.picker.ban(line.id);
      this.lines.delete(line.id);
    } else if (this.have.has(block)) this.picker.lost(block);
    else {
      this.picker.kept(block, this.now);
      this.seeder.gained("me", block);
    }
  }

  drop(line: Line): void {
    this.picker.remove(line.id);
    this.lines.delete(line.id);
    if (line.id !== "owner") return;
    // The owner sees a new channel, with what has come so far.
    const has = new BlockMap(this.count);
    for (let block = 0; block < this.count; block++) if (this.have.has(block)) has.add(block);
    this.seeder.add("me", has);
  }
}

Deno.test("every block comes, no matter who lies or leaves, while the owner is honest", async () => {
  await assertProperty(
    fc.property(script, ({ count, holders, steps }) => {
      const scene = new Scene(count);
      const owner = { id: "owner", has: BlockMap.full(count), lies: false };
      const others = holders.map(({ lies, bits }, index) => {
        const has = new BlockMap(count);
        for (const block of bits) has.add(block);
        return { id: `h${index}`, has, lies };
      });
      const people = [owner, ...others];
      for (const line of people) scene.add(line);
      for (const { who, act } of steps) {
        scene.now += 50;
        scene.askAll();
        const known = people[who % people.length];
        const line = known && scene.lines.get(known.id);
        if (line === undefined) {
          if (known !== undefined) scene.add(known);
        } else if (act === 0) scene.drop(line);
        else scene.answer(line);
      }
      if (!scene.lines.has("owner")) scene.add(owner);
      for (let round = 0; round < 400 && !scene.have.isFull; round++) {
        scene.now += 250;
        scene.askAll();
        for (const line of [...scene.lines.values()]) scene.answer(line);
      }
      assert(scene.have.isFull, `${scene.have.size} of ${count} blocks are here`);
    }),
    { numRuns: 200, usual: 5 },
  );
});

Deno.test("an owner gives no block twice while its receivers stay", async () => {
  const steps = fc.array(fc.record({ who: fc.nat(3), passes: fc.boolean() }), { maxLength: 200 });
  await assertProperty(
    fc.property(fc.integer({ min: 1, max: 60 }), steps, (count, steps) => {
      const seeder = new Seeder<number>(count);
      for (let who = 0; who < 4; who++) seeder.add(who, new BlockMap(count));
      const given: number[] = [];
      for (const { who, passes } of steps) {
        const block = seeder.choose(who);
        if (block === undefined) continue;
        given.push(block);
        seeder.gained(who, block);
        if (passes) seeder.gained((who + 1) % 4, block);
      }
      assertEquals(new Set(given).size, given.length);
      // Who leaves takes the only copies along: they are given again.
      for (let who = 0; who < 4; who++) seeder.remove(who);
      seeder.add(9, new BlockMap(count));
      const again = Array.from({ length: count }, () => seeder.choose(9));
      assertEquals(new Set(again).size, count);
    }),
    { numRuns: 200, usual: 5 },
  );
});

Deno.test("a holder that has everything and gives nothing does not stop the rest", () => {
  const scene = new Scene(20);
  scene.add({ id: "owner", has: BlockMap.full(20), lies: false });
  scene.add({ id: "mute", has: BlockMap.full(20), lies: false });
  // The owner believes that the other gives everything.
  scene.seeder.add("mute", BlockMap.full(20));
  for (let round = 0; round < 100 && scene.have.size < 17; round++) {
    scene.now += 250;
    scene.askAll();
    const owner = scene.lines.get("owner");
    while (owner !== undefined && owner.owed.length > 0) scene.answer(owner);
  }
  assertEquals(scene.have.size, 17, "all but those that the mute one owes");
});
