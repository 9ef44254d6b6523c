// Recordings between people: consent, what stays on which disk, and how tracks come together.

import { readTrackFile } from "../../../mesh/recording/track_names.ts";
import { assert, assertEquals } from "../../assert.ts";
import { type Person, RecordingWorld } from "./recording_world.ts";

/** How many pieces of sound a disk has of each person, by the order in which they appear. */
function pieces({ disk }: Person): number[] {
  const counts = new Map<string, number>();
  for (const name of disk.names) {
    const file = readTrackFile(name);
    if (file?.index === undefined) continue;
    counts.set(file.owner, (counts.get(file.owner) ?? 0) + 1);
  }
  return [...counts.values()];
}

async function recordedCall(...names: string[]): Promise<
  { world: RecordingWorld; people: Person[]; ann: Person; bob: Person }
> {
  const world = new RecordingWorld(...names);
  await world.settle();
  const people = names.map((name) => {
    const person = world.people.find((each) => each.name === name);
    assert(person);
    return person;
  });
  const [ann, bob] = people;
  assert(ann && bob);
  assert(await ann.recordings.start());
  await world.pass(2_000);
  return { world, people, ann, bob };
}

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
  assertEquals(pieces(ann), [4, 1]);
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
  for (let round = 0; round < 400 && pieces(ann).length < 2; round++) await world.carryOnce();
  assert(pieces(ann).length === 2, "some of it has come");
  await bob.guest.revoke();
  await world.pass(10_000);
  assertEquals([bob.disk.names, bob.stands], [[], "over nothing"]);
  assertEquals(pieces(ann).length, 1, "only the recorder's own tracks are left");
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
  assertEquals(pieces(ann).length, 2);
});

Deno.test("a killed page goes on after it is back, and what was on its disk arrives", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(5);
  await world.settle();
  bob.reload();
  await world.pass(3_000);
  assertEquals(bob.stands, "recorded", "the yes still counts");
  bob.makePieces(2);
  await ann.host.stop();
  await world.pass(20_000);
  assertEquals(bob.stands, "over delivered");
  const microphones = ann.disk.names.filter((name) =>
    name.includes("microphone.") && name.endsWith(".json")
  );
  assertEquals(microphones.length, 3, "the recorder's track and two of Bob's");
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 8 * 100, "five pieces, two, and the last one");
});

Deno.test("a declined part is no delivered one: the tracks stay until the recorder has all bytes", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(3);
  await world.settle();
  // The recorder's new page does not know yet whose tracks these are, and declines them.
  world.mute = "standing";
  for (const { files } of ann.disk.folders) files.delete("people.json");
  ann.reload();
  await world.pass(3_000);
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals(bob.stands, "sending");
  assert(bob.disk.names.length > 0);
  world.mute = undefined;
  await world.pass(10_000);
  assertEquals(bob.stands, "over delivered");
  assertEquals(bob.disk.names, []);
  assertEquals(pieces(ann).length, 2);
});

Deno.test("a delivery goes on after a reload of either side", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(100);
  await world.settle();
  await ann.host.stop();
  for (let round = 0; round < 400 && pieces(ann).length < 2; round++) await world.carryOnce();
  ann.reload();
  await world.pass(1_000);
  bob.reload();
  await world.pass(60_000);
  assertEquals(bob.stands, "over delivered");
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 101 * 100);
});

Deno.test("a recording goes on after a reload of the recorder, and ends with the next visit", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  ann.reload();
  await world.pass(3_000);
  assertEquals([ann.host.state.kind, bob.stands], ["running", "recorded"]);
  bob.makePieces(2);
  await world.leave(ann);
  assertEquals(bob.stands, "recorded", "she may be back at once");
  await world.pass(20_000);
  assertEquals(bob.stands, "over kept");
  assertEquals(bob.recordings.left.length, 1, "it can be saved or removed");
  await world.comeBack(ann);
  await world.pass(3_000);
  assertEquals([ann.host.state.kind, bob.stands], ["collecting", "asked"]);
  bob.guest.answer(false);
  await world.pass(3_000);
  assertEquals([bob.stands, bob.recordings.left.length], ["over declined", 1]);
  const [left] = bob.recordings.left;
  assert(left);
  await bob.recordings.discard(left);
  await world.pass(3_000);
  assertEquals([bob.disk.names, bob.keeps], [[], false]);
});

Deno.test("a guest who left early is asked for the tracks after coming back", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(4);
  await world.leave(bob);
  await ann.host.stop();
  await world.pass(4_000);
  const [gone] = ann.host.people;
  assertEquals([gone?.name, gone?.isHere], ["bob", false]);
  await world.comeBack(bob);
  await world.pass(3_000);
  assertEquals(bob.stands, "asked");
  bob.guest.answer(true);
  await world.pass(10_000);
  assertEquals([bob.stands, bob.disk.names], ["over delivered", []]);
  assertEquals(ann.host.people.map(({ isHere, standing }) => [isHere, standing]), [[
    true,
    "delivered",
  ]]);
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

Deno.test("a call that opens before the room is joined finds what is on the disk", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(2);
  await world.settle();
  bob.reload({ isAway: true });
  await world.pass(3_000);
  bob.enter();
  await world.pass(3_000);
  assertEquals(bob.stands, "recorded");
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals([bob.stands, bob.disk.names], ["over delivered", []]);
});

Deno.test("a recorder who comes back at once as another member still gets the tracks", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(3);
  await world.leave(ann);
  await world.comeBack(ann);
  await world.pass(6_000);
  assertEquals([ann.host.state.kind, bob.stands], ["collecting", "over delivered"]);
  assertEquals([bob.recordings.guests.length, bob.disk.names], [1, []]);
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 4 * 100);
});

Deno.test("a recorder who comes back at once and can prove nothing asks again in a while", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(3);
  await world.leave(ann);
  for (const { files } of ann.disk.folders) files.delete("people.json");
  await world.comeBack(ann);
  await world.pass(6_000);
  assertEquals(bob.stands, "recorded", "she could be somebody else");
  await world.pass(20_000);
  assertEquals([ann.host.state.kind, bob.stands], ["collecting", "asked"]);
  bob.guest.answer(true);
  await world.pass(30_000);
  assertEquals([bob.stands, bob.disk.names], ["over delivered", []]);
  assertEquals(ann.disk.sizesOf(bob.disk.owners), 4 * 100);
});

Deno.test("a key that is pressed twice starts one recording", async () => {
  const world = new RecordingWorld("ann");
  const [ann] = world.people;
  assert(ann);
  await world.settle();
  assertEquals(await Promise.all([ann.recordings.start(), ann.recordings.start()]), [true, true]);
  assertEquals([ann.recordings.hosts.length, ann.disk.folders.size], [1, 1]);
});

Deno.test("a killed page leaves tracks with the offset that it knew last", async () => {
  const { world, bob } = await recordedCall("ann", "bob");
  bob.ahead = -7_000;
  bob.reload();
  await world.pass(2_000);
  // The answer to the first ping comes after the track has begun.
  world.mute = "pong";
  bob.guest.answer(true);
  await world.settle();
  world.mute = undefined;
  await world.pass(6_000);
  bob.makePieces(1);
  await world.settle();
  const name = bob.disk.names.find((each) => each.endsWith(".json")) ?? "";
  const [folder] = bob.disk.folders;
  const description: unknown = JSON.parse(await folder?.files.get(name)?.text() ?? "{}");
  assertEquals(Reflect.get(Object(description), "offset"), 7_000);
});
