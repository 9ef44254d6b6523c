import { assertEquals } from "../../assert.ts";
import { KeyRing, keyRingEntry } from "../../../app/ui/key_ring.ts";
import { newSecret } from "../../../mesh/sealing/new_secret.ts";

class Memory {
  readonly stored = new Map<string, string>();
  getItem = (key: string) => this.stored.get(key) ?? null;
  setItem = (key: string, value: string) => void this.stored.set(key, value);
}

Deno.test("keys are kept by room, over pages, and add up", () => {
  const memory = new Memory();
  const ring = new KeyRing(memory);
  ring.keep("tea", { invite: "i1" });
  ring.keep("tea", { ownerKey: "k1" });
  ring.keep("tea", { ownerKey: "k2" });
  assertEquals(new KeyRing(memory).of("tea"), { invite: "i1", ownerKey: "k2" });
  assertEquals(new KeyRing(memory).of("coffee"), {});
});

Deno.test("what another tab has kept meanwhile stays", () => {
  const memory = new Memory();
  const [one, other] = [new KeyRing(memory), new KeyRing(memory)];
  one.keep("tea", { ownerKey: "k1" });
  other.keep("coffee", { ownerKey: "k2" });
  assertEquals(new KeyRing(memory).of("tea"), { ownerKey: "k1" });
});

Deno.test("fifty rooms are kept, the one visited the longest ago goes", () => {
  const memory = new Memory();
  const ring = new KeyRing(memory);
  for (let n = 0; n <= 50; n++) ring.keep(`${n}`, { ownerKey: `k${n}` });
  assertEquals([ring.of("0"), ring.of("1")], [{}, { ownerKey: "k1" }]);
});

Deno.test("whatever the storage holds, the ring works; without one it works for the page", () => {
  const memory = new Memory();
  for (const text of ["", "{", "7", '{"tea":1}', '[["tea"],[1,{}],["a",{"ownerKey":7}]]']) {
    memory.stored.set(keyRingEntry, text);
    assertEquals(new KeyRing(memory).of("a"), {});
  }
  const full = new KeyRing({
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
  });
  full.keep("tea", { ownerKey: "k" });
  assertEquals(full.of("tea"), { ownerKey: "k" });
  const none = new KeyRing(undefined);
  none.keep("tea", { ownerKey: "k" });
  assertEquals(none.of("tea"), { ownerKey: "k" });
});

const secret = `_-${"a9".repeat(20)}A`;

Deno.test("the last secret of a room counts, and damaged ones are not kept", () => {
  const memory = new Memory();
  const ring = new KeyRing(memory);
  const [one, other] = [newSecret(), newSecret()];
  ring.keep("tea", { secret: one, invite: "i" });
  ring.keep("tea", { secret: `${other}.1` });
  assertEquals(new KeyRing(memory).of("tea"), { secret: `${other}.1`, invite: "i" });
  memory.stored.set(keyRingEntry, `[["tea",{"secret":"${one.slice(1)}","invite":"i"}]]`);
  assertEquals(ring.of("tea"), { invite: "i" });
});

Deno.test("a forgotten room keeps nothing that opens it", () => {
  const memory = new Memory();
  const ring = new KeyRing(memory);
  ring.keep("tea", { secret: newSecret(), invite: "i" });
  ring.keep("den", { secret: newSecret(), invite: "i", ownerKey: "k" });
  ring.forget("tea");
  ring.forget("den");
  ring.forget("attic");
  assertEquals(memory.stored.get(keyRingEntry), '[["den",{"ownerKey":"k"}]]');
  assertEquals([ring.of("tea"), ring.of("den")], [{}, { ownerKey: "k" }]);
});

Deno.test("a ring knows whether the next page finds its keys", () => {
  const memory = new Memory();
  const [kept, lost] = [new KeyRing(memory), new KeyRing(undefined)];
  assertEquals([kept.isSaved, lost.isSaved], [true, true]);
  for (const ring of [kept, lost]) ring.keep("tea", { secret });
  assertEquals([kept.isSaved, lost.isSaved], [true, false]);
  lost.forget("tea");
  assertEquals(lost.of("tea"), {});
});
