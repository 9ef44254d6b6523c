/** Files that several people take in blocks from each other. */
import type { TransferState } from "../../../../mesh/files/transfer.ts";
import { assert, assertEquals, assertGreater, assertLess } from "../../../assert.ts";
import { paperSource } from "../file_world.ts";
import { type SharePerson, ShareWorld } from "./share_world.ts";

const megabyte = 1024 * 1024;

function isDone({ tab }: SharePerson): boolean {
  return tab.transfer().state.kind === "done";
}

async function offeredTo(
  world: ShareWorld,
  { ann, to, size }: { ann: SharePerson; to: readonly SharePerson[]; size: number },
) {
  const source = paperSource(size);
  ann.tab.exchange.offer(source, to.map(({ tab }) => tab.peerId));
  await world.until(() => to.every(({ tab }) => tab.transfers.size > 0));
  for (const { tab } of to) tab.accept();
  return source;
}

async function assertWhole({ tab }: SharePerson, content: Uint8Array<ArrayBuffer>): Promise<void> {
  assertEquals(tab.stored.length, 1);
  const [stored] = tab.stored;
  assert(stored);
  // Comparing megabytes number by number is slow.
  const hash = async (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assertEquals(await hash(await stored.arrayBuffer()), await hash(content));
}

function states(person: SharePerson): TransferState["kind"][] {
  return [...person.tab.transfers.values()].map(({ state }) => state.kind);
}

for (const size of [0, 1, 300_000, 3 * megabyte + 5]) {
  Deno.test(`a file of ${size} bytes goes over in blocks, and both sides know it`, async () => {
    const world = new ShareWorld();
    const [ann, bob] = [world.person("ann"), world.person("bob")];
    const source = await offeredTo(world, { ann, to: [bob], size });
    await world.until(() => isDone(bob) && isDone(ann));
    await assertWhole(bob, source.content);
    assertEquals(ann.disk.blocks, 0, "a copy that nobody needs is removed");
    world.leave(ann.tab);
    world.leave(bob.tab);
    world.clock.advance(60_000);
    assertEquals(world.clock.waiting, 0, "no timer is left");
  });
}

Deno.test("eight receivers cost the owner little more than one upload", async () => {
  const world = new ShareWorld();
  const ann = world.person("ann");
  const others = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => world.person(`r${number}`));
  const size = 8 * megabyte;
  const source = await offeredTo(world, { ann, to: others, size });
  await world.until(() => others.every(isDone));
  for (const other of others) await assertWhole(other, source.content);
  const ratio = ann.tab.bytesSent / size;
  console.log(`the owner has sent ${ratio.toFixed(2)} times the file to eight receivers`);
  assertLess(ratio, 1.15);
});

Deno.test("nothing is sent before somebody accepts, nor to those who decline", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  ann.tab.exchange.offer(paperSource(megabyte), [bob.tab.peerId]);
  await world.rounds(50);
  assertEquals([ann.tab.transfer().state.kind, bob.tab.transfer().state.kind], [
    "offered",
    "offered",
  ]);
  bob.tab.exchange.decline(bob.tab.transfer());
  await world.until(() => ann.tab.transfer().state.kind === "declined");
  assertEquals([ann.tab.bytesSent, bob.disk.size, ann.disk.size], [0, 0, 0]);
});

Deno.test("a lying holder is found out, and the file comes from the others", async () => {
  const world = new ShareWorld();
  const [ann, liar, bob] = [world.person("ann"), world.person("liar"), world.person("bob")];
  const source = await offeredTo(world, { ann, to: [liar], size: 4 * megabyte });
  await world.until(() => isDone(liar));
  liar.tab.tamper = (frame) => frame.map((byte) => byte ^ 1);
  ann.tab.exchange.setLater(ann.tab.transfer().batch, true);
  // Bob is offered the same file, and everything of it is with the liar already.
  world.leave(bob.tab);
  await bob.comeBack();
  await world.until(() => bob.tab.transfers.size > 0);
  bob.tab.accept();
  await world.until(() => isDone(bob));
  await assertWhole(bob, source.content);
  assertGreater(liar.tab.bytesSent, 0, "the liar was asked");
  assertLess(liar.tab.bytesSent, 3 * megabyte, "and is asked no more");
});

Deno.test("a holder that says it has blocks and gives none is left out", async () => {
  const world = new ShareWorld();
  const [ann, mute, bob] = [world.person("ann"), world.person("mute"), world.person("bob")];
  const source = await offeredTo(world, { ann, to: [mute], size: 3 * megabyte });
  await world.until(() => isDone(mute));
  mute.tab.tamper = () => new Uint8Array(0);
  ann.tab.exchange.setLater(ann.tab.transfer().batch, true);
  world.leave(bob.tab);
  await bob.comeBack();
  await world.until(() => bob.tab.transfers.size > 0);
  bob.tab.accept();
  await world.until(() => isDone(bob));
  await assertWhole(bob, source.content);
});

Deno.test("a holder that leaves in the middle takes nothing with it", async () => {
  const world = new ShareWorld();
  const ann = world.person("ann");
  const [bob, cem, dan] = [world.person("bob"), world.person("cem"), world.person("dan")];
  const source = await offeredTo(world, { ann, to: [bob, cem, dan], size: 8 * megabyte });
  await world.until(() => cem.disk.blocks > 6);
  cem.leave();
  await world.until(() => isDone(bob) && isDone(dan));
  await assertWhole(bob, source.content);
  await assertWhole(dan, source.content);
  world.clock.advance(130_000);
  assertEquals(ann.tab.transfer("cem").state.kind, "failed");
});

Deno.test("the rest comes from others when the owner leaves for good", async () => {
  const world = new ShareWorld();
  const [ann, bob, cem] = [world.person("ann"), world.person("bob"), world.person("cem")];
  const source = await offeredTo(world, { ann, to: [bob], size: 4 * megabyte });
  await world.until(() => isDone(bob));
  ann.tab.exchange.setLater(ann.tab.transfer().batch, true);
  world.leave(cem.tab);
  await cem.comeBack();
  await world.until(() => cem.tab.transfers.size > 0);
  cem.tab.accept();
  await world.until(() => cem.disk.blocks > 2);
  ann.leave();
  await world.until(() => isDone(cem));
  await assertWhole(cem, source.content);
});

Deno.test("alone for two minutes, a file ends with a reason and nothing is kept", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  await offeredTo(world, { ann, to: [bob], size: 8 * megabyte });
  await world.until(() => bob.disk.blocks > 4);
  ann.leave();
  await world.rounds(5);
  assertEquals(bob.tab.transfer().state.kind, "paused");
  world.clock.advance(121_000);
  await world.rounds(5);
  assertEquals(bob.tab.transfer().state, { kind: "failed", reason: "left", by: "peer" });
  assertEquals(bob.disk.size, 0);
});

for (const who of ["receiver", "owner", "both"] as const) {
  Deno.test(`a file goes on after the page of ${who} is loaded again in the middle`, async () => {
    const world = new ShareWorld();
    const [ann, bob] = [world.person("ann"), world.person("bob")];
    const size = 8 * megabyte;
    const source = await offeredTo(world, { ann, to: [bob], size });
    await world.until(() => bob.disk.blocks > 12);
    const sent = ann.tab.bytesSent;
    if (who !== "owner") bob.leave();
    if (who !== "receiver") ann.leave();
    if (who !== "owner") await bob.comeBack();
    if (who !== "receiver") await ann.comeBack();
    await world.until(() => isDone(bob) && isDone(ann));
    await assertWhole(bob, source.content);
    const all = who === "receiver" ? ann.tab.bytesSent : ann.tab.bytesSent + sent;
    assertLess(all, 1.3 * size, "only the rest is sent");
    assertEquals(states(ann), ["done"]);
  });
}

Deno.test("nothing is fetched before a page that was loaded again has checked what it has", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  const size = 8 * megabyte;
  const source = await offeredTo(world, { ann, to: [bob], size });
  await world.until(() => bob.disk.blocks > 12);
  bob.leave();
  const { promise, resolve } = Promise.withResolvers<void>();
  bob.disk.ready = promise;
  const back = bob.comeBack();
  await world.rounds(300);
  resolve();
  await back;
  await world.until(() => isDone(bob) && isDone(ann));
  await assertWhole(bob, source.content);
  assertLess(ann.tab.bytesSent, 1.3 * size, "only the rest is sent");
});

for (const who of ["receiver", "owner", "both"] as const) {
  Deno.test(`an offer without an answer survives a reload of ${who}`, async () => {
    const world = new ShareWorld();
    const [ann, bob] = [world.person("ann"), world.person("bob")];
    const source = paperSource(megabyte);
    ann.tab.exchange.offer(source, [bob.tab.peerId]);
    await world.until(() => states(ann).join() === "offered" && states(bob).join() === "offered");
    // Ann's page is still making its copy.
    await world.rounds(20);
    if (who !== "owner") bob.leave();
    if (who !== "receiver") ann.leave();
    await world.rounds(3);
    if (who !== "owner") await bob.comeBack();
    await world.rounds(3);
    if (who === "both") assertEquals(states(bob), [], "no card without its owner");
    if (who !== "receiver") await ann.comeBack();
    await world.until(() => states(bob).join() === "offered");
    assertEquals(ann.tab.bytesSent, 0);
    bob.tab.accept();
    await world.until(() => isDone(bob) && isDone(ann));
    await assertWhole(bob, source.content);
    assertEquals([states(ann), states(bob)], [["done"], ["done"]]);
    assertEquals([ann.disk.blocks, bob.disk.folders.size], [0, 1]);
  });
}

Deno.test("an offer of somebody who stays away ends, and nothing of it is kept", async () => {
  for (const away of ["ann", "bob"] as const) {
    const world = new ShareWorld();
    const people = { ann: world.person("ann"), bob: world.person("bob") };
    people.ann.tab.exchange.offer(paperSource(megabyte), [people.bob.tab.peerId]);
    await world.until(() => states(people.bob).join() === "offered");
    await world.rounds(20);
    people[away].leave();
    const left = away === "ann" ? people.bob : people.ann;
    await world.rounds(5);
    assertEquals(states(left), ["offered"]);
    world.clock.advance(31_000);
    await world.rounds(5);
    assertEquals(left.tab.transfer().state, { kind: "failed", reason: "left", by: "peer" });
    assertEquals(left.disk.folders.size, 0);
    await people[away].comeBack();
    await world.rounds(5);
    world.clock.advance(31_000);
    await world.rounds(5);
    // Only who was offered the file can prove it.
    const now = away === "ann" ? "failed" : "offered";
    assertEquals([states(people.ann), states(people.bob)], [[now], [now]]);
    if (away === "ann") assertEquals(people.ann.disk.folders.size, 0);
  }
});

Deno.test("people who come later are offered a file while its owner allows it", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  await offeredTo(world, { ann, to: [bob], size: megabyte });
  await world.until(() => isDone(bob));
  const cem = world.person("cem");
  await world.rounds(300);
  assertEquals(cem.tab.transfers.size, 0, "by default nobody is");
  const { batch } = ann.tab.transfer();
  ann.tab.exchange.setLater(batch, true);
  const dan = world.person("dan");
  await world.until(() => dan.tab.transfers.size > 0);
  dan.tab.accept();
  await world.until(() => isDone(dan));
  ann.tab.exchange.setLater(batch, false);
  const eve = world.person("eve");
  await world.rounds(300);
  assertEquals(eve.tab.transfers.size, 0);
});

Deno.test("either side stops it for both, and nothing is kept", async () => {
  for (const side of ["ann", "bob"] as const) {
    const world = new ShareWorld();
    const people = { ann: world.person("ann"), bob: world.person("bob") };
    await offeredTo(world, { ann: people.ann, to: [people.bob], size: 8 * megabyte });
    await world.until(() => people.bob.disk.blocks > 2);
    people[side].tab.exchange.cancel(people[side].tab.transfer());
    await world.rounds(20);
    const kinds = [people.ann, people.bob].map(({ tab }) => tab.transfer().state);
    const [ann, bob] = side === "ann" ? ["self", "peer"] as const : ["peer", "self"] as const;
    assertEquals(kinds, [{ kind: "cancelled", by: ann }, { kind: "cancelled", by: bob }]);
    assertEquals([people.ann.disk.size, people.bob.disk.size], [0, 0]);
    const { bytesSent } = people.ann.tab;
    await world.rounds(20);
    assertEquals(people.ann.tab.bytesSent, bytesSent);
  }
});

Deno.test("a full disk ends it on both sides", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  bob.disk.room = 2 * megabyte;
  await offeredTo(world, { ann, to: [bob], size: 4 * megabyte });
  await world.until(() => bob.tab.transfer().state.kind === "failed");
  await world.until(() => ann.tab.transfer().state.kind === "failed");
  assertEquals(ann.tab.transfer().state, { kind: "failed", reason: "disk-full", by: "peer" });
  assertEquals(bob.disk.size, 0);
});

Deno.test("a copy that was removed is made again when others may come", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  await offeredTo(world, { ann, to: [bob], size: 2 * megabyte });
  await world.until(() => isDone(bob) && isDone(ann) && ann.disk.blocks === 0);
  ann.tab.exchange.setLater(ann.tab.transfer().batch, true);
  const copies = () => [...ann.tab.shares.values()].map(({ copy }) => copy).join();
  await world.until(() => copies() === "kept");
  assertGreater(ann.disk.blocks, 0);
});

Deno.test("an owner without space sends all the same, and says that there is no copy", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  ann.tab.free = 1_000;
  const source = await offeredTo(world, { ann, to: [bob], size: 2 * megabyte });
  await world.until(() => isDone(bob));
  await assertWhole(bob, source.content);
  assertEquals([...ann.tab.shares.values()].map(({ copy }) => copy), ["none"]);
});

Deno.test("an older page, and one without space, get the file as before", async () => {
  const world = new ShareWorld();
  const ann = world.person("ann");
  const [old, poor] = [world.person("old"), world.person("poor")];
  old.tab.isOld = true;
  poor.tab.free = 100;
  ann.tab.exchange.offer(paperSource(megabyte), [old.tab.peerId, poor.tab.peerId]);
  await world.rounds(250);
  assertEquals(ann.tab.plain.map(({ peerId }) => peerId).toSorted(), ["old-1", "poor-1"]);
  assertEquals(poor.tab.transfers.size, 0);
});

Deno.test("who may not send files offers none", async () => {
  const world = new ShareWorld();
  const [ann, bob] = [world.person("ann"), world.person("bob")];
  world.reserved.add(ann.tab.peerId);
  ann.tab.exchange.offer(paperSource(megabyte), [bob.tab.peerId]);
  await world.rounds(250);
  assertEquals(bob.tab.transfers.size, 0);
});
