// Recordings of people who come back: pages that were reloaded or killed, and new visits.

import { assert, assertEquals } from "../../assert.ts";
import { piecesOf, recordedCall } from "./recording_world.ts";

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
  assertEquals(piecesOf(ann).length, 2);
});

Deno.test("a delivery goes on after a reload of either side", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(100);
  await world.settle();
  await ann.host.stop();
  for (let round = 0; round < 400 && piecesOf(ann).length < 2; round++) await world.carryOnce();
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

Deno.test("a yes that is taken back while the recorder is away still removes what it has", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(100);
  await ann.host.stop();
  for (let round = 0; round < 400 && piecesOf(ann).length < 2; round++) await world.carryOnce();
  assert(piecesOf(ann).length === 2, "some of it has come");
  await world.leave(ann);
  await bob.guest.revoke();
  await world.comeBack(ann);
  await world.pass(6_000);
  assertEquals([bob.stands, bob.disk.names], ["over nothing", []]);
  assertEquals(piecesOf(ann).length, 1, "only the recorder's own tracks are left");
});

Deno.test("a recorder waits for whom it asks late, and not for a page that says nothing", async () => {
  const { world, ann, bob } = await recordedCall("ann", "bob", "cy");
  bob.guest.answer(true);
  await world.settle();
  bob.makePieces(2);
  await world.leave(ann);
  await world.pass(20_000);
  world.mute = "standing";
  await world.comeBack(ann);
  await world.pass(3_000);
  // She knows Bob's yes from before.
  assertEquals(ann.host.people.map(({ standing }) => standing), ["yes", "silent"]);
  assertEquals(ann.host.isWaiting, false);
  world.mute = undefined;
  await world.pass(3_000);
  assertEquals(ann.host.people.map(({ standing }) => standing), ["unanswered", "no"]);
  assertEquals(ann.host.isWaiting, true);
  bob.guest.answer(true);
  await world.pass(10_000);
  assertEquals(ann.host.isWaiting, false);
});
