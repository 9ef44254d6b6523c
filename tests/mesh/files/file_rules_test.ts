// What each end of a file's channel does if the other end lies, floods, or sends nonsense.

import { fileLimits } from "../../../mesh/files/file_message.ts";
import type { TransferState } from "../../../mesh/files/transfer.ts";
import { RunningHash } from "../../../mesh/files/running_hash.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FileWorld, PaperChannel, paperSource } from "./file_world.ts";

const id = "transfer-of-a-liar";
const rules = { kind: "failed", reason: "rules", by: "self" } as const;

/** Bob receives; the test is the other end of the channel. */
class Liar {
  readonly world = new FileWorld();
  channel = this.world.connect(this.world.ann);

  async say(...frames: (string | Uint8Array<ArrayBuffer> | object)[]): Promise<this> {
    for (const frame of frames) {
      const isRaw = typeof frame === "string" || frame instanceof Uint8Array;
      this.channel.send(isRaw ? frame : JSON.stringify(frame));
    }
    await this.world.settle();
    return this;
  }

  offer(size: number, name = "a.bin"): Promise<this> {
    return this.say({ type: "offer", id, name, size });
  }

  async accepted(size: number): Promise<this> {
    await this.offer(size);
    this.world.bob.exchange.accept(this.world.bob.transfer);
    await this.world.settle();
    return this;
  }

  get bob() {
    return this.world.bob;
  }

  /** Nothing is kept, and the channel is closed. */
  async expectEnd(state: TransferState): Promise<void> {
    await this.world.settle();
    assertEquals(this.bob.state, state);
    assert(this.bob.storage.sinks.every(({ discarded }) => discarded), "nothing half is kept");
    const sinks = this.bob.storage.sinks.length;
    await this.say({ type: "offer", id, name: "a.bin", size: 1 });
    assertEquals(this.bob.storage.sinks.length, sinks);
    this.world.close();
  }
}

function hashOf(bytes: Uint8Array): string {
  const hash = new RunningHash();
  hash.add(bytes);
  return hash.end();
}

Deno.test("bytes before the answer end the transfer, and none is kept", async () => {
  const liar = await new Liar().offer(10);
  await liar.say(new Uint8Array(10));
  await liar.expectEnd(rules);
});

Deno.test("bytes as the first message close the channel unseen", async () => {
  const liar = await new Liar().say(new Uint8Array(10));
  assertEquals(liar.bob.transfers.size, 0);
  assert(!liar.channel.open);
  liar.world.close();
});

Deno.test("bytes after a decline or an end are dropped", async () => {
  const liar = await new Liar().offer(10);
  liar.bob.exchange.decline(liar.bob.transfer);
  await liar.say(new Uint8Array(10));
  assertEquals(liar.bob.state, { kind: "declined" });
  assertEquals(liar.bob.storage.sinks.length, 0);
  liar.world.close();
});

Deno.test("more bytes than offered end the transfer", async () => {
  const liar = await new Liar().accepted(10);
  await liar.say(new Uint8Array(8), new Uint8Array(3));
  await liar.expectEnd({ kind: "failed", reason: "damaged", by: "self" });
});

Deno.test("fewer bytes than offered are not stored", async () => {
  const liar = await new Liar().accepted(10);
  const bytes = new Uint8Array(9);
  await liar.say(bytes, { type: "done", sha256: hashOf(bytes) });
  await liar.expectEnd({ kind: "failed", reason: "damaged", by: "self" });
});

Deno.test("a wrong hash leaves no file", async () => {
  const liar = await new Liar().accepted(10);
  await liar.say(new Uint8Array(10), { type: "done", sha256: hashOf(new Uint8Array(11)) });
  await liar.expectEnd({ kind: "failed", reason: "damaged", by: "self" });
  assertEquals(liar.bob.storage.sinks.map(({ finished }) => finished), [false]);
});

Deno.test("the right hash stores the file", async () => {
  const liar = await new Liar().accepted(10);
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  await liar.say(bytes, { type: "done", sha256: hashOf(bytes) });
  assertEquals(liar.bob.state.kind, "done");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  assertEquals(hashOf(bytes), digest, "the hash is SHA-256");
  liar.world.close();
});

Deno.test("a sender that is faster than the disk is stopped after one window", async () => {
  const liar = await new Liar().accepted(100 * fileLimits.windowBytes);
  liar.bob.storage.gate = new Promise(() => {});
  const message = new Uint8Array(fileLimits.messageBytes);
  for (let sent = 0; sent <= fileLimits.windowBytes; sent += message.length) {
    liar.channel.send(message);
  }
  await liar.world.settle();
  assertEquals(liar.bob.state, rules);
  liar.world.close();
});

Deno.test("empty messages and too long ones end the transfer", async () => {
  for (const length of [0, fileLimits.messageBytes + 1]) {
    const liar = await new Liar().accepted(100 * fileLimits.messageBytes);
    await liar.say(new Uint8Array(length));
    await liar.expectEnd(rules);
  }
});

Deno.test("invalid messages end the transfer", async () => {
  const nonsense = [
    "",
    "{",
    "[]",
    '{"type":"offer"}',
    { type: "done", sha256: "short" },
    { type: "done", sha256: "A".repeat(64) },
    { type: "accept", from: 0 },
    { type: "done", sha: "0".repeat(64) },
    { type: "got", bytes: 1 },
    { type: "offer", id, name: "a.bin", size: 10 },
    { type: "failed", id, reason: "left" },
    { type: "cancel", id, more: 1 },
    "x".repeat(fileLimits.frameLength + 1),
  ];
  for (const frame of nonsense) {
    const liar = await new Liar().accepted(10);
    await liar.say(frame);
    await liar.expectEnd(rules);
  }
});

Deno.test("an offer outside its bounds is not shown", async () => {
  const offer = { type: "offer", id, name: "a", size: 1 };
  const wrong = [
    { ...offer, size: -1 },
    { ...offer, size: 0.5 },
    { ...offer, size: fileLimits.fileBytes + 1 },
    { ...offer, name: "n".repeat(fileLimits.rawName + 1) },
    { ...offer, id: "short" },
    { ...offer, id: "__proto__!" },
    { ...offer, more: true },
    { type: "done", sha256: "0".repeat(64) },
  ];
  for (const frame of wrong) {
    const liar = await new Liar().say(frame);
    assertEquals(liar.bob.transfers.size, 0, JSON.stringify(frame));
    assert(!liar.channel.open);
    liar.world.close();
  }
  const liar = await new Liar().say({ ...offer, size: fileLimits.fileBytes });
  assertEquals(liar.bob.transfers.size, 1);
  liar.world.close();
});

Deno.test("a channel without a first message is closed after a while", async () => {
  const liar = new Liar();
  liar.world.clock.advance(fileLimits.answerMs);
  await liar.world.settle();
  assert(!liar.channel.open);
  liar.world.close();
});

Deno.test("a repeated offer with another size or name closes its channel only", async () => {
  const liar = await new Liar().accepted(10);
  const first = liar.channel;
  liar.channel = liar.world.connect(liar.world.ann);
  await liar.offer(11);
  assert(!liar.channel.open && first.open);
  assertEquals(liar.bob.state.kind, "moving");
  liar.world.close();
});

Deno.test("a peer cannot end a transfer of another one", async () => {
  const liar = await new Liar().accepted(10);
  const other = new FileWorld().connect(liar.world.ann);
  liar.bob.exchange.receive({ peerId: "mallory", raw: other.asRaw });
  for (const type of ["cancel", "failed"]) {
    other.hear(JSON.stringify({ type, id, ...type === "failed" && { reason: "rules" } }));
  }
  assertEquals(liar.bob.state.kind, "moving");
  liar.world.close();
});

/** Ann sends; the test is the other end of the channel. */
async function askedAnn(size = 100_000) {
  const world = new FileWorld();
  world.bob.exchange.close();
  world.ann.exchange.offer(paperSource(size), ["bob"]);
  const [, end] = world.last;
  const words: string[] = [];
  end.listen({
    opened() {},
    drained() {},
    lost() {},
    received: (frame) => void (typeof frame === "string" && words.push(frame)),
  });
  const say = async (...frames: unknown[]) => {
    for (const frame of frames) {
      end.send(frame instanceof Uint8Array ? frame.slice() : JSON.stringify(frame));
      await world.settle();
    }
  };
  await say({ type: "ready" });
  return { world, say, words, ann: world.ann };
}

Deno.test("a sender sends nothing before an accept, and rejects invalid messages", async () => {
  const failures: unknown[][] = [
    [{ type: "accept", from: 1 }],
    [{ type: "accept", from: 0 }, { type: "accept", from: 0 }],
    [{ type: "stored" }],
    [{ type: "ready" }],
    [{ type: "accept", from: 0 }, { type: "got", bytes: 100_001 }],
    [{ type: "done", sha256: "0".repeat(64) }],
    [{ type: "here", more: 1 }],
    [new Uint8Array(3)],
  ];
  for (const frames of failures) {
    const { world, say, ann } = await askedAnn();
    await say(...frames);
    assertEquals(ann.state, rules, JSON.stringify(frames));
    world.close();
  }
  const { world, say, ann } = await askedAnn();
  await say({ type: "here" }, { type: "got", bytes: 5 });
  assertEquals(ann.state, { kind: "offered" });
  assertEquals(world.last[0].bytesSent, 0);
  world.close();
});

Deno.test("a sender sends nothing before the receiver is ready, and accepts no answer before", async () => {
  const world = new FileWorld();
  world.bob.exchange.close();
  world.ann.exchange.offer(paperSource(10), ["bob"]);
  await world.settle();
  assertEquals(world.last[0].wire, []);
  world.last[1].send(JSON.stringify({ type: "accept", from: 0 }));
  await world.settle();
  assertEquals(world.ann.state, rules);
  assertEquals(world.last[0].bytesSent, 0);
  world.close();
});

Deno.test("channels without a first message are closed, beyond 32 at the same time", () => {
  const world = new FileWorld();
  const channels = Array.from(
    { length: fileLimits.unidentifiedMost + 1 },
    () => new PaperChannel(),
  );
  for (const channel of channels) world.bob.room.arrive("ann", channel);
  assertEquals(channels.map(({ closing }) => closing).indexOf(true), fileLimits.unidentifiedMost);
  world.clock.advance(fileLimits.answerMs);
  assert(channels.every(({ closing }) => closing));
  const late = new PaperChannel();
  world.bob.room.arrive("ann", late);
  assert(!late.closing, "there is room again");
  world.close();
});

Deno.test("a `ready` that arrives before the event of the open channel counts", async () => {
  const world = new FileWorld();
  world.bob.exchange.close();
  world.opensLate = true;
  world.ann.exchange.offer(paperSource(10), ["bob"]);
  const [ann] = world.last;
  ann.hear(JSON.stringify({ type: "ready" }));
  assertEquals(ann.wire, []);
  ann.becomeOpen();
  assertEquals(ann.wire.length, 1);
  await world.settle();
  world.close();
});

Deno.test("a channel without a `ready` for three seconds is replaced", async () => {
  const world = new FileWorld();
  world.opensLate = true;
  world.ann.exchange.offer(paperSource(10), ["bob"]);
  const [lost] = world.last;
  lost.wire.length = 0;
  const [, mute] = world.last;
  mute.wire.length = 0;
  world.opensLate = false;
  world.clock.advance(3_000);
  assert(world.last[0] !== lost, "another channel was opened");
  await world.settle();
  assertEquals([world.ann.state.kind, world.bob.state.kind], ["offered", "offered"]);
  world.close();
});

Deno.test("a confirmation of fewer bytes than before ends the transfer", async () => {
  const { world, say, ann } = await askedAnn(2_000_000);
  await say({ type: "accept", from: 0 }, { type: "got", bytes: 500_000 });
  await say({ type: "got", bytes: 400_000 });
  assertEquals(ann.state, rules);
  world.close();
});

Deno.test("a transfer fails if the receiver closes every channel", async () => {
  const { world, ann } = await askedAnn();
  for (let turn = 0; turn < 20; turn++) {
    for (const [, end] of [...world.pairs]) end.close();
    await world.settle();
    world.clock.advance(10_000);
    await world.settle();
  }
  assertEquals(ann.state, { kind: "failed", reason: "lost", by: "peer" });
  world.close();
  assertEquals(world.clock.waiting, 0);
});
