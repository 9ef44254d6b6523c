// Visits to sealed rooms that end or begin at an awkward moment.

import { assert, assertEquals } from "../../assert.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { ownCertificate } from "../town_person.ts";
import { SealedTown, secret } from "./sealed_town.ts";

Deno.test("a visit that ends before it has its keys leaves nothing to the next one", async () => {
  const sealed = new SealedTown(["ann", "bob"]);
  const [ann, bob] = ["ann", "bob"].map((name) => sealed.person(name));
  ann?.session.join({ room: "other", name: "ann", secret });
  if (ann !== undefined) {
    ann.certificate = () => {
      ann.session.join({ room: "town", name: "ann" });
      return ownCertificate();
    };
  }
  bob?.session.join({ room: "town", name: "bob" });
  await sealed.run(5);
  assertEquals(ann?.session.trust.secret, undefined);
  assertEquals(sealed.trust("ann", "bob"), { kind: "open" });
  await sealed.close();
});

Deno.test("a page that is loaded while the link changes does not stay with the old link", async () => {
  const sealed = new SealedTown(["ann", "bob", "cid"], { hasTabs: true });
  for (const name of ["ann", "bob", "cid"]) await sealed.join(name);
  await sealed.run(4);
  const [ann, bob] = ["ann", "bob"].map((name) => sealed.person(name));
  assert(ann && bob);
  ann.session.send({ type: "remove", peerId: sealed.idOf("cid"), ban: false });
  bob.reload();
  await sealed.join("bob");
  await sealed.run(60);
  const { secret: present } = ann.session.trust;
  assert(present !== secret && present !== undefined);
  if (bob.session.state.kind !== "left") assertEquals(bob.session.trust.secret, present);
  sealed.expectNoAlarm();
  await sealed.close();
});

Deno.test("a page that has to take another id sends what it has written, and nothing looks forged", async () => {
  const sealed = new SealedTown(["ann", "bob"]);
  for (const name of ["ann", "bob"]) await sealed.join(name);
  await sealed.run(4);
  const [ann, bob] = ["ann", "bob"].map((name) => sealed.person(name));
  assert(ann && bob);
  let isLost = true;
  sealed.liar.onUp(({ type }) => type === "sealed-line" && isLost ? [] : undefined);
  bob.say("one");
  await sealed.run(1);
  isLost = false;
  const before = sealed.idOf("bob");
  sealed.liar.line(1)?.tell({ type: "error", code: "state-gap", message: "" });
  sealed.town.carry(bob);
  await microtasks();
  sealed.town.cut(bob);
  await sealed.run(30);
  assert(sealed.idOf("bob") !== before);
  assertEquals(ann.lines.map(({ text }) => text), ["one"]);
  sealed.expectNoAlarm();
  sealed.expectTrust("ann", "bob");
  await sealed.close();
});

Deno.test("a browser that makes no certificate does not join for ever", async () => {
  const sealed = new SealedTown(["ann"]);
  const { session } = sealed.person("ann");
  sealed.person("ann").certificate = () => {
    throw new DOMException("no certificates here", "NotSupportedError");
  };
  await sealed.join("ann");
  assertEquals(session.state, { kind: "left", room: "town", reason: "sealed" });
  await sealed.close();
});
