// Recordings between people: consent, what stays on which disk, and how tracks come together.

import { assert, assertEquals } from "../../assert.ts";
import { piecesOf, recordedCall, RecordingWorld } from "./recording_world.ts";

Deno.test("nobody is recorded before a yes, and no answer is no", async () => {
  const { world, ann, bob, people: [, , cy] } = await recordedCall("ann", "bob", "cy");
  assert(cy);
  assertEquals([bob.stands, cy.stands], ["asked", "asked"]);
  bob.guest.answer(true);
  await world.pass(4_000);
  for (const person of [ann, bob, cy]) person.makePieces(3);
  await world.pass(2_000);
  assertEquals([bob.recorders.length, cy.recorders.length], [1, 0]);
  assertEquals(cy.disk.names, []);
  assertEquals(ann.host.people.map(({ standing }) => standing), ["yes", "unanswered"]);
  await ann.host.stop();
  await world.pass(20_000);
  assertEquals([bob.stands, cy.stands], ["over delivered", "over nothing"]);
  // Its own, and Bob's in one part.
  assertEquals(piecesOf(ann), [4, 1]);
  assertEquals([bob.disk.names, bob.keeps, ann.keeps], [[], false, true]);
});

Deno.test("who comes later is asked, and a no can become a yes", async () => {
  const { world, ann } = await recordedCall("ann", "bob");
  const dia = world.join("dia");
  await world.pass(2_000);
  assertEquals(dia.stands, "asked");
  dia.guest.answer(false);
  await world.pass(2_000);
  assertEquals([dia.stands, dia.recorders.length], ["refused no", 0]);
  dia.guest.answer(true);
  await world.pass(2_000);
  assertEquals(dia.stands, "recorded");
  assertEquals(ann.host.people.find(({ name }) => name === "dia")?.standing, "yes");
});

Deno.test("a yes that is taken back removes what was recorded, here and at the recorder", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(40);
  await world.settle();
  await bob.guest.revoke();
  await world.settle();
  assertEquals([bob.disk.names, bob.stands], [[], "refused no"]);
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(40);
  await ann.host.stop();
  // The recorder has some of the parts.
  for (let round = 0; round < 400 && piecesOf(ann).length < 2; round++) await world.carryOnce();
  assert(piecesOf(ann).length === 2, "some of it has come");
  await bob.guest.revoke();
  await world.pass(10_000);
  assertEquals([bob.disk.names, bob.stands], [[], "over nothing"]);
  assertEquals(piecesOf(ann).length, 1, "only the recorder's own tracks are left");
});

Deno.test("a person who answers yes and no and yes at once is recorded into one folder", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  const revoked = bob.guest.revoke();
  bob.guest.answer(true);
  await revoked;
  await world.settle();
  bob.makePieces(2);
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals([bob.stands, bob.disk.names], ["over delivered", []]);
  assertEquals(piecesOf(ann).length, 2);
});

Deno.test("a full disk ends a track with a reason, and what is on it still goes", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(2);
  await world.settle();
  bob.disk.room = bob.disk.size + 50;
  bob.makePieces(2);
  await world.pass(2_000);
  assertEquals(bob.stands, "stopped disk-full");
  assertEquals(ann.host.people[0]?.standing, "disk-full");
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals(bob.stands, "over delivered");
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 2 * 100);
});

Deno.test("a recorder with a full disk says so, and gets the tracks once there is room", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(3);
  // For the end of the own track, and not for Bob's.
  ann.disk.room = ann.disk.size + 250;
  await ann.host.stop();
  await world.pass(12_000);
  const { state } = ann.host;
  assertEquals(state.kind === "collecting" && state.failure, "disk-full");
  assertEquals(bob.stands, "sending");
  ann.disk.room = Infinity;
  await world.pass(12_000);
  assertEquals([bob.stands, ann.host.state], [
    "over delivered",
    { kind: "collecting", failure: undefined },
  ]);
});

Deno.test("a browser that keeps nothing refuses, and says why", async () => {
  const world = new RecordingWorld("ann", "bob");
  const [ann, bob] = world.people;
  assert(ann && bob);
  ann.disk.works = false;
  await world.settle();
  assertEquals([await ann.recordings.start(), ann.recordings.hosts.length], [false, 0]);
  ann.disk.works = true;
  bob.disk.works = false;
  assert(await ann.recordings.start());
  await world.pass(2_000);
  bob.guest.answer(true);
  await world.pass(2_000);
  assertEquals([bob.stands, ann.host.people[0]?.standing], ["refused unable", "unable"]);
});

Deno.test("a cut of a link leaves no hole", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(1);
  world.cuts.add("ann bob");
  bob.makePieces(5);
  await world.pass(10_000);
  assertEquals(bob.stands, "recorded");
  await ann.host.stop();
  bob.makePieces(5);
  await world.pass(4_000);
  world.cuts.clear();
  await world.pass(20_000);
  assertEquals(bob.stands, "over delivered");
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 12 * 100);
});

Deno.test("nobody can send tracks as another person, or send what is no track", async () => {
  const { world, ann, bob, people: [, , cy] } = await recordedCall("ann", "bob", "cy");
  assert(cy);
  bob.guest.answer(true);
  await world.pass(2_000);
  const owner = [...bob.disk.folders][0]?.about.owner ?? "";
  const { id } = ann.host;
  world.tell(cy, {
    peerId: "ann",
    topic: "recording",
    body: { kind: "standing", id, owner, standing: "yes", left: 0 },
  });
  await world.settle();
  const part = { name: `${owner}.microphone.1.000000`, size: 10 };
  assertEquals(ann.host.wants("cy", part), undefined);
  assert(ann.host.wants("bob", part));
  for (const name of ["about.json", "../x", `${owner}.microphone.1.000000.webm`]) {
    assertEquals(ann.host.wants("bob", { name, size: 10 }), undefined, name);
  }
  assertEquals(ann.host.wants("bob", { ...part, size: 2 ** 40 }), undefined);
});

Deno.test("a member asks one question at a time, and a removed recording is no longer asked for", async () => {
  const { world, ann, bob, people: [, , cy] } = await recordedCall("ann", "bob", "cy");
  assert(cy);
  for (const digit of ["1", "2", "3"]) {
    const body = { kind: "running", id: digit.repeat(32) };
    world.tell(cy, { peerId: "bob", topic: "recording", body });
  }
  await world.settle();
  const asked = bob.recordings.guests.filter(({ state }) => state.kind === "asked");
  assertEquals(asked.map(({ recorder }) => recorder), ["ann", "cy"]);
  const guest = asked[0];
  guest?.answer(true);
  await world.settle();
  bob.makePieces(2);
  world.cuts.add("ann cy");
  await ann.host.stop();
  await ann.recordings.remove(ann.host);
  await world.pass(5_000);
  assertEquals([ann.disk.names, ann.keeps], [[], false]);
  assertEquals(guest?.state, { kind: "over", why: "kept" });
});

Deno.test("after the end nothing runs", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.pass(2_000);
  for (const { recordings } of [ann, bob]) recordings.close();
  await world.settle();
  assertEquals(world.clock.waiting, 0);
  assert(bob.disk.names.length > 0, "what is on the disk stays");
});

Deno.test("a key that is pressed twice starts one recording", async () => {
  const world = new RecordingWorld("ann");
  const [ann] = world.people;
  assert(ann);
  await world.settle();
  assertEquals(await Promise.all([ann.recordings.start(), ann.recordings.start()]), [true, true]);
  assertEquals([ann.recordings.hosts.length, ann.disk.folders.size], [1, 1]);
});

Deno.test("a recording is removed while tracks arrive, and nothing arrives after that", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(40);
  await ann.host.stop();
  const isArriving = () => [...ann.disk.folders].some(({ open }) => open.size > 0);
  for (let round = 0; round < 400 && !isArriving(); round++) await world.carryOnce();
  assert(isArriving(), "a part is being written");
  await ann.recordings.remove(ann.host);
  assertEquals([ann.disk.folders.size, ann.recordings.hosts.length, ann.keeps], [0, 0, false]);
  await world.pass(10_000);
  assertEquals([bob.stands, ann.disk.names], ["over kept", []]);
});
