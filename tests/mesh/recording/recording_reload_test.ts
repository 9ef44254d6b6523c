// A reloaded page is another member, and recordings go on; nobody else can take one over.

import { readTrackFile } from "../../../mesh/recording/track_names.ts";
import { assert, assertEquals } from "../../assert.ts";
import { type Person, RecordingWorld } from "./recording_world.ts";

/** Ann records Bob, and Cy is asked. */
async function recordedCall(): Promise<
  { world: RecordingWorld; ann: Person; bob: Person; cy: Person; id: string }
> {
  const world = new RecordingWorld("ann", "bob", "cy");
  await world.settle();
  const [ann, bob, cy] = world.people;
  assert(ann && bob && cy);
  assert(await ann.recordings.start());
  await world.pass(2_000);
  bob.guest.answer(true);
  await world.pass(2_000);
  return { world, ann, bob, cy, id: ann.host.id };
}

function say(from: Person, to: Person, body: unknown): void {
  from.world.tell(from, { peerId: to.selfId, topic: "recording", body });
}

/** What a person was told that others must not know. */
function secretOf({ world }: Person, { name }: Person): string {
  const secrets = world.told.filter(({ from, body }) => from === name && body.includes("secret"));
  return JSON.parse(secrets.at(-1)?.body ?? "{}").secret;
}

/** The runs of a person's microphone on a disk. */
function tracksOf({ disk }: Person, owners: ReadonlySet<string>): number {
  return disk.names.filter((name) => {
    const file = readTrackFile(name);
    return file?.index === undefined && owners.has(file?.owner ?? "");
  }).length;
}

Deno.test("nobody but the recorder can go on with a recording as another member", async () => {
  const { world, ann, bob, cy, id } = await recordedCall();
  bob.makePieces(3);
  await world.goAway(ann, { isReload: true });
  const own = secretOf(cy, bob);
  assert(/^[\da-f]{32}$/.test(own));
  for (const secret of ["0".repeat(32), id, own.slice(0, 31) + (own.endsWith("0") ? "1" : "0")]) {
    say(cy, bob, { kind: "resumed", id, secret });
  }
  // The secret itself, for another recording.
  say(cy, bob, { kind: "resumed", id: "f".repeat(32), secret: own });
  say(cy, bob, { kind: "resumed", id });
  say(cy, bob, { kind: "running", id });
  say(cy, bob, { kind: "ended", id, got: 0 });
  await world.settle();
  const [first, second] = bob.recordings.guests;
  assertEquals([first?.recorder, first?.state.kind], ["ann", "recorded"]);
  assertEquals(second, undefined);
  // Nothing of it went to Cy.
  const [folder] = bob.disk.folders;
  const told = world.told.filter(({ to }) => to === "cy").map(({ body }) => body).join();
  assert(folder);
  assert(!told.includes(own) && !told.includes(folder.about.owner), told);
  await world.arrive(ann);
  await world.pass(3_000);
  assertEquals([first?.recorder, first?.state.kind], [ann.selfId, "recorded"]);
});

Deno.test("nobody learns whose tracks are on a disk by asking for them", async () => {
  const { world, ann, bob, cy, id } = await recordedCall();
  bob.makePieces(3);
  await world.comeAgain(bob, { isReload: true });
  // Before the recorder says that it runs.
  const owner = [...bob.disk.folders][0]?.about.owner ?? "";
  const ask = (from: Person) => {
    say(from, bob, { kind: "running", id });
    say(from, bob, { kind: "ended", id, got: 0 });
  };
  ask(cy);
  await world.pass(3_000);
  const guest = bob.recordings.guests.find(({ recorder }) => recorder === "ann");
  assertEquals(guest?.state.kind, "recorded", "Cy did not get hold of the folder");
  await world.leave(ann);
  await world.pass(21_000);
  const dia = world.join("dia");
  ask(dia);
  await world.settle();
  assertEquals(bob.stands, "asked", "what is on the disk may go to somebody else after a yes");
  const told = world.told.filter(({ to }) => to !== "ann").map(({ body }) => body).join();
  assert(!told.includes(owner), told);
});

Deno.test("a recording goes on after its recorder has reloaded, and nobody is asked again", async () => {
  const { world, ann, bob, cy } = await recordedCall();
  bob.makePieces(3);
  const before = ann.selfId;
  const secret = secretOf(ann, bob);
  await world.goAway(ann, { isReload: true });
  await world.pass(15_000);
  assertEquals(bob.stands, "recorded", "the mark stays while she is away");
  await world.arrive(ann);
  await world.pass(3_000);
  assert(ann.selfId !== before);
  assertEquals([ann.host.state.kind, bob.stands, cy.stands], ["running", "recorded", "asked"]);
  assertEquals(bob.recordings.guests.length, 1);
  assertEquals(bob.recorders.length, 1, "no hole");
  assertEquals(ann.host.people.find(({ name }) => name === "bob")?.standing, "yes");
  const told = world.told.filter(({ body }) => body.includes(secret));
  assertEquals(
    new Set(told.map(({ from, to }) => `${from} ${to}`)),
    new Set(["bob ann", "ann bob"]),
  );
  bob.makePieces(2);
  // Once more, when it was another member already.
  await world.comeAgain(ann, { isReload: true });
  await world.pass(3_000);
  assertEquals([ann.host.state.kind, bob.stands], ["running", "recorded"]);
  // A crash, and then a reload of the guest, know her as the new member.
  ann.reload();
  await world.pass(3_000);
  assertEquals([ann.host.state.kind, bob.stands], ["running", "recorded"]);
  await world.comeAgain(bob, { isReload: true });
  await world.pass(3_000);
  assertEquals(bob.stands, "recorded");
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals([bob.stands, bob.disk.names], ["over delivered", []]);
  // The piece that was being made when the guest reloaded may be lost.
  assert(ann.disk.sizesOf(bob.disk.owners) >= 6 * 100);
});

Deno.test("a guest who reloads is not asked again, and goes on in a new track", async () => {
  const { world, ann, bob } = await recordedCall();
  bob.makePieces(3);
  await world.comeAgain(bob, { isReload: true });
  await world.pass(3_000);
  assertEquals(bob.stands, "recorded");
  assertEquals(ann.host.people.filter(({ name }) => name === "bob").length, 1);
  bob.makePieces(2);
  // Then the recorder, whom the new page has given a new proof.
  await world.comeAgain(ann, { isReload: true });
  await world.pass(3_000);
  assertEquals([ann.host.state.kind, bob.stands], ["running", "recorded"]);
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals(bob.stands, "over delivered");
  assertEquals(tracksOf(ann, bob.disk.owners), 2);
  assert(ann.disk.sizesOf(bob.disk.owners) >= 5 * 100, "at most one piece is lost");
});

Deno.test("a reload after leaving goes on with no recording", async () => {
  const { world, ann, bob } = await recordedCall();
  for (const person of [ann, bob]) assertEquals(person.recordings.running.length, 1);
  for (const person of [ann, bob]) await world.leave(person);
  await world.pass(500);
  for (const person of [ann, bob]) assertEquals(person.recordings.running, []);
});

Deno.test("a new visit goes on with no recording", async () => {
  const { world, ann, bob } = await recordedCall();
  bob.makePieces(3);
  await world.comeAgain(bob, { isReload: false });
  await world.pass(3_000);
  assertEquals(bob.stands, "asked", "he has left, and not reloaded");
  bob.guest.answer(true);
  await world.pass(2_000);
  await world.comeAgain(ann, { isReload: false });
  await world.pass(3_000);
  assertEquals(ann.host.state.kind, "collecting");
  assertEquals(bob.stands, "over delivered", "she has proved that she is the recorder");
});

Deno.test("after a crash the recorder knows who said yes, and a no that came meanwhile counts", async () => {
  const { world, ann, bob } = await recordedCall();
  bob.makePieces(3);
  world.mute = "standing";
  ann.reload();
  await world.pass(3_000);
  const standing = () => ann.host.people.find(({ name }) => name === "bob")?.standing;
  assertEquals(standing(), "yes");
  assert(ann.host.wants("bob", { name: `${bob.guest.owner}.microphone.1.000000`, size: 10 }));
  await bob.guest.revoke();
  world.mute = undefined;
  await world.pass(3_000);
  assertEquals(standing(), "no");
  ann.reload();
  world.mute = "standing";
  await world.pass(3_000);
  assertEquals(standing(), "silent", "a no is forgotten; it is as good as no answer");
});
