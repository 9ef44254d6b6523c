import { TextOrder } from "../../server/cluster/text_order.ts";
import { assertEquals } from "../assert.ts";

Deno.test("texts that come twice or after later ones are refused, each sender for itself", () => {
  const [a, b, receiver] = [new TextOrder("a b", 1), new TextOrder("ä", 1), new TextOrder("c", 1)];
  const [first, second, other] = [a.send("one two"), a.send(""), b.send("one")];
  assertEquals(receiver.receive(first), "one two");
  assertEquals(receiver.receive(other), "one");
  assertEquals(receiver.receive(second), "");
  assertEquals([first, second, other].map((text) => receiver.receive(text)), [
    undefined,
    undefined,
    undefined,
  ]);
  assertEquals(receiver.receive(a.send("three")), "three");
  const restarted = new TextOrder("a b", 1_000);
  assertEquals(receiver.receive(restarted.send("four")), "four");
  for (const text of ["", "a", "a ", "a x text", " 1 text"]) {
    assertEquals(receiver.receive(text), undefined);
  }
});

Deno.test("a receiver forgets the sender that has been silent for longest", () => {
  const receiver = new TextOrder("me", 1);
  const first = new TextOrder("first", 1);
  const old = first.send("old");
  receiver.receive(old);
  for (let n = 0; n < 999; n++) receiver.receive(new TextOrder(`node ${n}`, 1).send("x"));
  assertEquals(receiver.receive(old), undefined);
  receiver.receive(new TextOrder("last", 1).send("x"));
  assertEquals(receiver.receive(old), "old");
});
