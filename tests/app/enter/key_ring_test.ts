import { assertEquals } from "../../assert.ts";
import { KeyRing, keyRingEntry, keysIn } from "../../../app/enter/key_ring.ts";

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

Deno.test("an address brings keys in its fragment", () => {
  assertEquals(keysIn("#owner=a.b-_&invite=c"), { ownerKey: "a.b-_", invite: "c" });
  assertEquals([keysIn(""), keysIn("#x=1"), keysIn("#owner=")], [{}, {}, {}]);
  assertEquals(keysIn(`#owner=${"x".repeat(2_000)}`), {});
});

Deno.test("a key is read from a fragment as programs and sentences leave it", () => {
  const fragments = [
    ..." ” . ) ” %20 %E2%80%8B %22 = & &quot; #invite=a.-b_".split(" ").map((end) =>
      `#invite=a.-b_${end}`
    ),
    ...["#?", "#/", "##", "#%20", "#x=1&amp;"].map((start) => `${start}invite=a.-b_`),
    ...["%20", "%E2%80%8B", "“", "<", '"'].map((start) => `#invite=${start}a.-b_`),
    "#invite%3Da.-b_",
    "#Invite=a.-b_",
    "#INVITE%3da.-b_%2E",
    "#invite=a.-b_%",
  ];
  for (const fragment of fragments) assertEquals(keysIn(fragment), { invite: "a.-b_" }, fragment);
  assertEquals(keysIn("#invite=&owner=-c"), { ownerKey: "-c" });
  assertEquals(keysIn("#reinvite=a"), {});
});
