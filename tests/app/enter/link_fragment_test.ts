import { assertEquals } from "../../assert.ts";
import { keysIn, linkTrouble } from "../../../app/enter/link_fragment.ts";

const secret = `_-${"a9".repeat(20)}A`;

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

Deno.test("a secret is read beside other keys, in any order, as programs and sentences leave it", () => {
  const all = { secret: `${secret}.12`, invite: "a.b", ownerKey: "c" };
  assertEquals(keysIn(`#k=${secret}.12&invite=a.b&owner=c`), all);
  assertEquals(keysIn(`#owner=c&invite=a.b&k=${secret}.12`), all);
  const fragments = [
    ..." ” . ) , ” * _ __ %20 %E2%80%8B & &quot; &amp;x=1 .” ._".split(" ").map((end) =>
      `#k=${secret}${end}`
    ),
    ...["#?", "##", "#%20", "#x=1&amp;", "#x=1&"].map((start) => `${start}k=${secret}`),
    `#K=${secret}`,
    `#k%3D${secret}%2E`,
    `#k=%20“${secret}”`,
  ];
  for (const fragment of fragments) assertEquals(keysIn(fragment), { secret }, fragment);
});

Deno.test("a link with a part of a secret leads nowhere, and one without a secret leads on", () => {
  const parts = ["", secret.slice(0, -1), `${secret}x`, `${secret}-`, `${secret}.0`];
  for (const part of [...parts, secret.replace("A", "B"), secret.slice(0, 20) + "+"]) {
    assertEquals(keysIn(`#k=${part}`), {}, part);
    assertEquals(linkTrouble(`#k=${part}`), "cut", part);
    assertEquals(linkTrouble(`#invite=a.b&k%3D${part}`), "cut", part);
  }
  for (const fragment of ["", "#invite=a", "#ok=1", "#owner=k", `#k=${secret}`]) {
    assertEquals(linkTrouble(fragment), undefined, fragment);
  }
});

Deno.test("a page over plain http follows no link to a sealed room", () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "crypto");
  Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
  try {
    assertEquals(linkTrouble(`#k=${secret}`), "insecure");
    assertEquals(linkTrouble("#k="), "insecure");
    assertEquals(linkTrouble("#invite=a"), undefined);
  } finally {
    if (own) Object.defineProperty(globalThis, "crypto", own);
  }
});
