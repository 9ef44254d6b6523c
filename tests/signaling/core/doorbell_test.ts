// When a doorbell rings, whom its notices let in, and what is kept of it.

import { assert, assertEquals } from "../../assert.ts";
import { doorbellLimits } from "../../../protocol/mod.ts";
import { bell } from "./doorbell_model.ts";
import { hour, Life, sealedRoom, type Visitor } from "./life.ts";

/** A room whose owner has switched the bell on and left. */
function leftRoom(
  { knocking = false, life = new Life(hour) } = {},
): [life: Life, owner: Visitor, key: string] {
  const owner = life.join();
  if (knocking) owner.say({ type: "set-rules", knocking });
  const { key: ownerKey = "" } = owner;
  assert(life.order({ does: "add-bell", ownerKey, bell: bell(1) }));
  owner.say({ type: "leave" });
  life.tick(1);
  return [life, owner, ownerKey];
}

Deno.test("a bell rings when somebody enters the empty room, who does not own it by that", () => {
  const [life] = leftRoom();
  const bob = life.join({ name: "Bob" });
  assert(bob.isInside && !bob.isOwner, "the founding of the room is kept with the bell");
  life.join({ name: "Eve" });
  assertEquals(life.rings, [
    { why: "entered", name: "Bob", bells: [bell(1)], address: "192.0.2.1" },
  ], "the room was empty once");
});

Deno.test("a bell does not ring while an owner is there, nor for an owner", () => {
  const [life, , ownerKey] = leftRoom({ knocking: true });
  const ann = life.join({ ownerKey });
  assert(ann.isOwner);
  life.join({ name: "Bob" });
  assertEquals(life.rings, []);
});

Deno.test("a room without a bell rings nobody", () => {
  const life = new Life(hour);
  life.join();
  assertEquals(life.rings, []);
  assertEquals(life.kept.size, 0);
});

Deno.test("a notice lets in the client that knocked, once", () => {
  const [life] = leftRoom({ knocking: true });
  const bob = life.join({ name: "Bob" });
  const eve = life.join({ name: "Eve" });
  assertEquals(life.rings.map(({ why, name }) => [why, name]), [["knock", "Bob"], [
    "knock",
    "Eve",
  ]]);
  const token = life.rings[0]?.letIn ?? "";
  assert(life.order({ does: "let-in", token }));
  assert(bob.isInside && !bob.isOwner && !eve.isInside);
  assert(!life.order({ does: "let-in", token }), "it was used");
  bob.lose();
  assert(life.join({ resume: bob.token }).isInside, "who was let in may come back");
});

Deno.test("a token is worth nothing for a later knock, in another room, or too late", () => {
  const [life] = leftRoom({ knocking: true });
  const bob = life.join({ name: "Bob" });
  const [{ letIn: token = "" } = {}] = life.rings;
  bob.say({ type: "leave" });
  assert(!life.order({ does: "let-in", token }), "nobody waits");
  life.tick(1);
  bob.say({ type: "join", room: "tea", name: "Bob" });
  assert(!life.order({ does: "let-in", token }), "that is another knock");
  const newer = life.rings.at(-1)?.letIn ?? "";
  assert(!life.order({ does: "let-in", token: newer }, "coffee"));
  life.tick(doorbellLimits.letInMs);
  assert(!life.order({ does: "let-in", token: newer }), "expired");
  assert(!bob.isInside);
});

Deno.test("a token lets nobody into a full room", () => {
  const [life, , ownerKey] = leftRoom({ knocking: true });
  const bob = life.join({ name: "Bob" });
  const ann = life.join({ ownerKey });
  ann.say({ type: "set-rules", knocking: true, capacity: 2 });
  const eve = life.join({ ownerKey });
  assert(eve.isInside);
  assert(!life.order({ does: "let-in", token: life.rings[0]?.letIn ?? "" }));
  assert(!bob.isInside);
});

Deno.test("only an owner key of this founding changes the bells", () => {
  const [life, , ownerKey] = leftRoom();
  const other = life.join({}, "parley", "coffee");
  for (const wrong of [other.key ?? "", "none", ownerKey.slice(1)]) {
    assert(!life.order({ does: "add-bell", ownerKey: wrong, bell: bell(2) }));
    assert(!life.order({ does: "remove-bell", ownerKey: wrong, endpoint: bell(1).endpoint }));
    assertEquals(life.core.owned("tea", { ownerKey: wrong, at: life.at }), undefined);
  }
  assertEquals(life.core.owned("tea", { ownerKey, at: life.at }), { people: [], bells: [bell(1)] });
});

Deno.test("a browser replaces its bell in place, by the secret of the one before", () => {
  const [life, , ownerKey] = leftRoom();
  for (const n of [2, 3]) life.order({ does: "add-bell", ownerKey, bell: bell(n) });
  const bells = () => life.core.owned("tea", { ownerKey, at: life.at })?.bells;
  const { endpoint, auth } = bell(1);
  const renewed = { ...bell(4), auth: "newer" };
  const renew = (before: { endpoint: string; auth: string }, room = "tea") =>
    life.order({ does: "renew-bell", before, bell: renewed }, room);
  for (const wrong of ["secreT", "secre", "", ownerKey]) assert(!renew({ endpoint, auth: wrong }));
  assert(!renew({ endpoint: bell(9).endpoint, auth }), "no bell has this endpoint");
  assert(!renew({ endpoint, auth }, "coffee"), "nobody has decided anything there");
  assertEquals(bells(), [1, 2, 3].map(bell));
  assertEquals([...life.kept.keys()], ["tea"]);

  assert(renew({ endpoint, auth }));
  assertEquals(bells(), [renewed, bell(2), bell(3)]);
  assert(renew({ endpoint, auth }), "once more, as if the first answer was lost");
  assertEquals(bells(), [renewed, bell(2), bell(3)]);
  assert(renew({ endpoint: bell(3).endpoint, auth }), "each browser is told once");
  assertEquals(bells(), [bell(2), renewed]);
  const after = life.restart(hour);
  after.join({ name: "Bob" });
  assertEquals(after.rings[0]?.bells, [bell(2), renewed]);
});

Deno.test("a renewed bell is kept also while people are inside, and no longer than others", () => {
  const [life] = leftRoom();
  const since = life.kept.get("tea")?.emptySince;
  life.tick(hour);
  const renew = (from: number, to: number) =>
    life.order({ does: "renew-bell", before: bell(from), bell: bell(to) });
  assert(renew(1, 2));
  assertEquals([life.kept.get("tea")?.emptySince, since !== undefined], [since, true]);
  life.join({ name: "Bob" });
  assert(renew(2, 3));
  assertEquals(life.kept.get("tea")?.bells, [bell(3)]);
});

Deno.test("bells are kept over a restart, and with the last one the room is forgotten", () => {
  const [life, , ownerKey] = leftRoom();
  const after = life.restart(hour);
  after.join({ name: "Bob" }).say({ type: "leave" });
  assertEquals(after.rings.length, 1);
  const { endpoint } = bell(1);
  assert(after.order({ does: "remove-bell", endpoint }), "the push service no longer knows it");
  assertEquals([after.kept.size, after.core.sizes().kept], [0, 0]);
  assert(after.order({ does: "add-bell", ownerKey, bell: bell(1) }), "the key outlives the room");
  assert(!after.join({ name: "Eve" }).isOwner);
});

Deno.test("a room tells so many browsers, the newest ones, and each once", () => {
  const [life, , ownerKey] = leftRoom();
  for (const n of [2, 3, 4, 5, 6, 6]) {
    life.order({ does: "add-bell", ownerKey, bell: bell(n) });
  }
  const bells = life.core.owned("tea", { ownerKey, at: life.at })?.bells;
  assertEquals(bells, [2, 3, 4, 5, 6].map(bell));
});

Deno.test("an empty room with a bell is forgotten in the same time as others", () => {
  const [life, , ownerKey] = leftRoom();
  const since = life.kept.get("tea")?.emptySince;
  assert(since !== undefined);
  life.tick(hour);
  life.order({ does: "add-bell", ownerKey, bell: bell(2) });
  assertEquals(life.kept.get("tea")?.emptySince, since);
});

Deno.test("of a sealed room no name is told", () => {
  const [life, owner] = sealedRoom();
  life.order({ does: "add-bell", ownerKey: owner.key ?? "", bell: bell(1) });
  owner.say({ type: "leave" });
  life.tick(1);
  const bob = life.join({ sealed: {} });
  assert(bob.isInside);
  assertEquals(life.rings.map(({ name }) => name), [""]);
});
