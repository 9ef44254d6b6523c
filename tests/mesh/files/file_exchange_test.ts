// Files between two people over fake channels.

import { fileLimits } from "../../../mesh/files/file_message.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { FileWorld, joined, paperSource } from "./file_world.ts";

/** Ann has offered a file, and Bob sees the offer. */
async function offered(size: number): Promise<{
  world: FileWorld;
  content: Uint8Array<ArrayBuffer>;
}> {
  const world = new FileWorld();
  const source = paperSource(size);
  world.ann.exchange.offer(source, ["bob"]);
  await world.settle();
  assertEquals(world.bob.state, { kind: "offered" });
  return { world, content: source.content };
}

/** Bob accepts it, and frames move until `bytes` are on his disk. */
async function moving(size: number, bytes: number) {
  const { world, content } = await offered(size);
  world.bob.exchange.accept(world.bob.transfer);
  for (let turn = 0; turn < 10_000; turn++) {
    const { state } = world.bob.transfer;
    if (state.kind === "moving" && state.bytes >= bytes) break;
    await world.carry(1);
  }
  assertEquals(world.bob.state.kind, "moving");
  return { world, content };
}

for (const size of [0, 1, 16 * 1024, 16 * 1024 + 1, 3_000_000]) {
  Deno.test(`a file of ${size} bytes arrives whole, and both say so`, async () => {
    const { world, content } = await offered(size);
    assertEquals(world.ann.state, { kind: "offered" });
    assertEquals(world.last[0].bytesSent, 0, "nothing is sent before it is wanted");
    world.bob.exchange.accept(world.bob.transfer);
    await world.settle();
    assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"]);
    assert(world.bob.state.kind === "done" && world.bob.state.stored !== undefined);
    assertEquals(new Uint8Array(await world.bob.state.stored.file.arrayBuffer()), content);
    assertEquals(world.bob.storage.sinks.map(({ discarded }) => discarded), [false]);
    world.close();
    assertEquals(world.clock.waiting, 0);
  });
}

Deno.test("a file that is declined is never sent", async () => {
  const { world } = await offered(100);
  world.bob.exchange.decline(world.bob.transfer);
  await world.settle();
  assertEquals([world.ann.state, world.bob.state], [{ kind: "declined" }, { kind: "declined" }]);
  assertEquals(world.bob.storage.sinks.length, 0);
  assertEquals(world.pairs.every(([ann]) => ann.bytesSent === 0), true);
  world.close();
});

Deno.test("a person who closes the question where to store a file is asked again later", async () => {
  const { world } = await offered(100);
  world.bob.storage.refuses = true;
  world.bob.exchange.accept(world.bob.transfer);
  await world.settle();
  assertEquals([world.ann.state, world.bob.state], [{ kind: "offered" }, { kind: "offered" }]);
  world.bob.storage.refuses = false;
  world.bob.exchange.accept(world.bob.transfer);
  await world.settle();
  assertEquals(world.bob.state.kind, "done");
  world.close();
});

Deno.test("a slow disk slows the sender, and memory holds one window at most", async () => {
  const { world } = await offered(4 * fileLimits.windowBytes);
  world.bob.storage.stall();
  world.bob.exchange.accept(world.bob.transfer);
  await world.settle();
  const { bytesSent } = world.last[0];
  assertLessOrEqual(bytesSent, fileLimits.windowBytes);
  assert(bytesSent > fileLimits.windowBytes / 2, "the window is made use of");
  world.bob.storage.flow();
  await world.settle();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"]);
  assertLessOrEqual(world.bob.storage.sinks[0]?.largestBlock ?? 0, fileLimits.blockBytes);
  world.close();
});

Deno.test("the bytes that wait in the sender's channel are bounded, too", async () => {
  const { world } = await offered(4 * fileLimits.windowBytes);
  world.bob.exchange.accept(world.bob.transfer);
  await world.carry();
  const [ann] = world.last;
  await world.carry(0);
  for (let turn = 0; turn < 200; turn++) await world.carry(0);
  assertLessOrEqual(ann.bufferedAmount, 1024 * 1024 + ann.messageBytes);
  world.close();
});

Deno.test("after a lost link a transfer continues where it was, each byte once", async () => {
  const { world, content } = await moving(3_000_000, 600_000);
  const sentBefore = world.last[0].bytesSent;
  world.cut();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["paused", "paused"]);
  world.mend();
  await world.settle();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"]);
  assertEquals(world.bob.bytes, content);
  assert(world.last[0].bytesSent < content.length, `${sentBefore} were not sent again`);
  world.close();
  assertEquals(world.clock.waiting, 0);
});

Deno.test("a link lost while the disk is behind, and lost again, ends no file and fills no memory", async () => {
  const { world, content } = await moving(3 * fileLimits.windowBytes, fileLimits.blockBytes);
  world.bob.storage.stall();
  for (let loss = 0; loss < 3; loss++) {
    await world.settle();
    const { state } = world.bob;
    assert(state.kind === "moving");
    const sent = world.pairs.reduce((sum, [ann]) => sum + ann.bytesSent, 0);
    assertLessOrEqual(sent, 2 * fileLimits.windowBytes, "no more than the disk has yet to take");
    world.cut();
    world.mend();
  }
  world.bob.storage.flow();
  await world.settle();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"]);
  assertEquals(world.bob.bytes, content);
  world.close();
});

Deno.test("a reloaded page gets the offer again, and the file still arrives complete", async () => {
  const { world, content } = await moving(3_000_000, 600_000);
  world.bob.exchange.close();
  world.cut();
  world.bob.newExchange(world.clock);
  world.mend();
  await world.settle();
  assertEquals([world.ann.state, world.bob.state], [{ kind: "offered" }, { kind: "offered" }]);
  world.bob.exchange.accept(world.bob.transfer);
  await world.settle();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"]);
  assertEquals(world.bob.bytes, content);
  world.close();
});

for (const who of ["ann", "bob"] as const) {
  Deno.test(`${who} stops it in the middle, and nothing half is kept`, async () => {
    const { world } = await moving(3_000_000, 600_000);
    world[who].exchange.cancel(world[who].transfer);
    await world.settle();
    const by = (name: string) => name === who ? "self" : "peer";
    assertEquals(world.ann.state, { kind: "cancelled", by: by("ann") });
    assertEquals(world.bob.state, { kind: "cancelled", by: by("bob") });
    assertEquals(world.bob.storage.sinks.map(({ discarded }) => discarded), [true]);
    world.clock.advance(10_000);
    await world.settle();
    world.close();
    assertEquals(world.clock.waiting, 0);
  });

  Deno.test(`${who} stops it while there is no link, and the other hears of it later`, async () => {
    const { world } = await moving(3_000_000, 600_000);
    world.cut();
    world[who].exchange.cancel(world[who].transfer);
    world.mend();
    await world.settle();
    assertEquals([world.ann.state.kind, world.bob.state.kind], ["cancelled", "cancelled"]);
    world.close();
  });

  Deno.test(`${who} leaves, and the other is told why it ended`, async () => {
    const { world } = await moving(3_000_000, 600_000);
    const other = who === "ann" ? world.bob : world.ann;
    const [left] = other.room.roster.peers;
    assert(left);
    other.room.roster.emit({ type: "peer-left", peer: left, reason: "left" });
    assertEquals(other.state, { kind: "failed", reason: "left", by: "peer" });
    world.close();
    await world.settle();
    assertEquals(world.bob.storage.sinks.map(({ discarded }) => discarded), [true]);
  });
}

Deno.test("a transfer without a link for two minutes fails on both sides", async () => {
  const { world } = await moving(3_000_000, 600_000);
  world.cut();
  world.clock.advance(fileLimits.reconnectMs);
  await world.settle();
  assertEquals(world.ann.state, { kind: "failed", reason: "lost", by: "peer" });
  assertEquals(world.bob.state, { kind: "failed", reason: "lost", by: "peer" });
  assertEquals(world.bob.storage.sinks.map(({ discarded }) => discarded), [true]);
  world.close();
});

Deno.test("a full disk fails the transfer with its reason on both sides, and no part is kept", async () => {
  const { world } = await offered(3_000_000);
  world.bob.storage.room = 1_000_000;
  world.bob.exchange.accept(world.bob.transfer);
  await world.settle();
  assertEquals(world.bob.state, { kind: "failed", reason: "disk-full", by: "self" });
  assertEquals(world.ann.state, { kind: "failed", reason: "disk-full", by: "peer" });
  assertEquals(world.bob.storage.sinks.map(({ discarded }) => discarded), [true]);
  world.close();
});

Deno.test("a file that changes while it is sent fails the transfer with its reason on both sides", async () => {
  for (const read of ["refuses", "is shorter"]) {
    const world = new FileWorld();
    const source = paperSource(3_000_000);
    world.ann.exchange.offer({
      ...source,
      read: (from, to) => {
        if (from < 1_000_000) return source.read(from, to);
        if (read === "is shorter") return source.read(from, to - 1);
        return Promise.reject(new DOMException("changed", "NotReadableError"));
      },
    }, ["bob"]);
    await world.settle();
    world.bob.exchange.accept(world.bob.transfer);
    await world.settle();
    assertEquals(world.ann.state, { kind: "failed", reason: "unreadable", by: "self" });
    assertEquals(world.bob.state, { kind: "failed", reason: "unreadable", by: "peer" });
    world.close();
  }
});

Deno.test("two files at once, one in each direction, do not disturb each other", async () => {
  const world = new FileWorld();
  const [there, back] = [paperSource(2_000_000), paperSource(1_500_001, "back.bin")];
  world.ann.exchange.offer(there, ["bob"]);
  world.bob.exchange.offer(back, ["ann"]);
  await world.settle();
  for (const person of [world.ann, world.bob]) {
    for (const transfer of person.transfers.values()) {
      if (transfer.direction === "in") person.exchange.accept(transfer);
    }
  }
  await world.settle();
  for (const { transfers } of [world.ann, world.bob]) {
    assertEquals([...transfers.values()].map(({ state }) => state.kind), ["done", "done"]);
  }
  assertEquals(world.bob.bytes, there.content);
  assertEquals(joined(world.ann.storage.sinks[0]?.blocks ?? []), back.content);
  world.close();
});

Deno.test("an offer to a SkyRTC page fails at once, to a silent page after a while", async () => {
  const world = new FileWorld();
  const [bob] = world.ann.room.roster.peers;
  assert(bob);
  world.ann.room.roster.peers = [{ ...bob, dialect: "skyrtc" }];
  world.ann.exchange.offer(paperSource(1), ["bob"]);
  assertEquals(world.ann.state, { kind: "failed", reason: "unsupported", by: "peer" });
  assertEquals(world.pairs.length, 0);

  world.bob.exchange.close();
  world.ann.newExchange(world.clock);
  world.ann.room.roster.peers = [bob];
  world.ann.exchange.offer(paperSource(1), ["bob"]);
  await world.settle();
  assertEquals(world.ann.state, { kind: "waiting" });
  world.clock.advance(fileLimits.answerMs);
  assertEquals(world.ann.state, { kind: "failed", reason: "unsupported", by: "peer" });
  world.close();
});

Deno.test("too many unanswered offers of one person are rejected unseen", async () => {
  const world = new FileWorld();
  for (let count = 0; count <= fileLimits.offersMost; count++) {
    world.ann.exchange.offer(paperSource(1, `${count}.txt`), ["bob"]);
  }
  await world.settle();
  assertEquals(world.bob.transfers.size, fileLimits.offersMost);
  const last = [...world.ann.transfers.values()].at(-1);
  assertEquals(last?.state, { kind: "failed", reason: "busy", by: "peer" });
  world.close();
});
