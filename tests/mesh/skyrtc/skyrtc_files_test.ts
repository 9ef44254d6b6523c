/** Files with a SkyRTC page: in both directions, refused, stopped, too big, and not as offered. */
import fc from "fast-check";
import { fileLimits } from "../../../mesh/files/file_message.ts";
import { DataUrlReader, DataUrlWriter } from "../../../mesh/skyrtc/data_url.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { peer } from "../room_rig.ts";
import { bytesOf, chunksOf, dataUrl, SkyWorld, sourceOf } from "./skyrtc_world.ts";

for (const size of [0, 1, 2, 3, 9_215, 9_217, 300_001]) {
  Deno.test(`a file of ${size} bytes goes out in pieces of a data URL after the page has accepted`, async () => {
    const world = new SkyWorld();
    world.connect();
    const bytes = bytesOf(size);
    world.exchange.offer(sourceOf(bytes), ["sky"]);
    await microtasks();
    const [ask] = world.got();
    const { sendId } = ask ?? {};
    assertEquals(ask, { type: "__file", sendId, signal: "ask", name: "map.pdf", size });
    assertEquals(world.last?.state, { kind: "offered" });
    world.clock.advance(600_000);
    assertEquals(world.last?.state, { kind: "offered" }, "a person may take their time");
    world.say({ type: "__file", signal: "accept", sendId });
    for (let round = 0; round < 50; round++) await microtasks();
    const chunks = world.got();
    assertEquals(chunks.map(({ last }) => last), chunks.map((_, n) => n === chunks.length - 1));
    const url = chunks.map(({ data }) => data).join("");
    const answer = await fetch(url);
    assertEquals(new Uint8Array(await answer.arrayBuffer()), bytes);
    for (const { data } of chunks) assertLessOrEqual(String(data).length, 13_000);
    assertEquals(world.last?.state, { kind: "done", stored: undefined });
  });
}

Deno.test("a slow page is sent no more than its channel takes, and little waits", async () => {
  const world = new SkyWorld();
  const channel = world.connect();
  world.exchange.offer(sourceOf(bytesOf(3_000_000)), ["sky"]);
  await microtasks();
  const [ask] = world.got();
  channel.bufferedAmount = 1_000_000;
  world.say({ type: "__file", signal: "accept", sendId: ask?.sendId });
  for (let round = 0; round < 50; round++) await microtasks();
  assertEquals(world.got(), []);
  assertEquals(world.last?.state, { kind: "moving", bytes: 0 });
  channel.bufferedAmount = 0;
  channel.dispatchEvent(new Event("bufferedamountlow"));
  for (let round = 0; round < 500 && world.last?.state.kind !== "done"; round++) await microtasks();
  assertEquals(world.last?.state.kind, "done");
});

Deno.test("the page refuses, before it accepts and after; we stop, and it hears no more", async () => {
  const world = new SkyWorld();
  const channel = world.connect();
  const offer = async () => {
    world.exchange.offer(sourceOf(bytesOf(400_000)), ["sky"]);
    await microtasks();
    return world.got()[0]?.sendId;
  };
  world.say({ type: "__file", signal: "refuse", sendId: await offer() });
  await microtasks();
  assertEquals(world.last?.state, { kind: "declined" });

  channel.bufferedAmount = 1_000_000;
  const second = await offer();
  world.say({ type: "__file", signal: "accept", sendId: second });
  await microtasks();
  world.say({ type: "__file", signal: "refuse", sendId: second });
  await microtasks();
  assertEquals(world.last?.state, { kind: "cancelled", by: "peer" });

  const third = await offer();
  assert(world.last);
  world.exchange.cancel(world.last);
  await microtasks();
  world.say({ type: "__file", signal: "accept", sendId: third });
  await microtasks();
  assertEquals(world.got(), []);
});

Deno.test("a file is offered when the channel opens, and not at all if it is too big", async () => {
  const world = new SkyWorld();
  world.exchange.offer(sourceOf(bytesOf(5)), ["sky"]);
  await microtasks();
  assertEquals(world.last?.state, { kind: "waiting" });
  world.connect();
  await microtasks();
  assertEquals(world.got().map(({ signal }) => signal), ["ask"]);
  const big = { ...sourceOf(bytesOf(0)), size: fileLimits.skyrtcBytes + 1 };
  world.exchange.offer(big, ["sky"]);
  assertEquals(world.last?.state, { kind: "failed", reason: "too-big", by: "peer" });
  assertEquals(world.got(), []);
});

Deno.test("a page that never has a channel takes no files, and is said so", async () => {
  const world = new SkyWorld();
  world.exchange.offer(sourceOf(bytesOf(5)), ["sky"]);
  await microtasks();
  world.clock.advance(fileLimits.answerMs);
  assertEquals(world.last?.state, { kind: "failed", reason: "unsupported", by: "peer" });
});

for (const size of [0, 1, 2, 3, 4_000, 300_001]) {
  Deno.test(`a file of ${size} bytes comes in as a card, and whole after Accept`, async () => {
    const world = new SkyWorld();
    world.connect();
    const bytes = bytesOf(size);
    const sendId = "4X.QF-77 é";
    world.say({ type: "__file", signal: "ask", sendId, name: "../notes.txt", size });
    await microtasks();
    assert(world.last);
    assertEquals([world.last.name, world.last.size, world.last.state], ["notes.txt", size, {
      kind: "offered",
    }]);
    const chunks = chunksOf(dataUrl(bytes), sendId);
    world.say(chunks[0]);
    await microtasks();
    assertEquals(world.last.state, { kind: "offered" }, "nothing before Accept");
    world.exchange.accept(world.last);
    await microtasks();
    assertEquals(world.got(), [{ type: "__file", signal: "accept", sendId }]);
    for (const chunk of chunks) world.say(chunk);
    for (let round = 0; round < 80; round++) await microtasks();
    assertEquals(world.last.state.kind, "done");
    const [sink] = world.storage.sinks;
    assertEquals(new Uint8Array(await new Blob(sink?.blocks ?? []).arrayBuffer()), bytes);
    assertEquals(world.got(), []);
  });
}

Deno.test("what is refused, stopped, too big or not allowed is told to the page as refused", async () => {
  const world = new SkyWorld();
  world.connect();
  const ask = async (sendId: string, size = 10) => {
    world.say({ type: "__file", signal: "ask", sendId, name: "n.txt", size });
    await microtasks();
  };
  const refused = (sendId: string) => [{ type: "__file", signal: "refuse", sendId }];

  await ask("declined");
  assert(world.last);
  world.exchange.decline(world.last);
  await microtasks();
  assertEquals(world.got(), refused("declined"));

  await ask("stopped");
  world.exchange.accept(world.last);
  await microtasks();
  world.got();
  world.exchange.cancel(world.last);
  await microtasks();
  assertEquals(world.got(), refused("stopped"));

  await ask("big", fileLimits.skyrtcBytes + 1);
  await microtasks();
  assertEquals(world.last.state, { kind: "failed", reason: "too-big", by: "peer" });
  assertEquals(world.got(), refused("big"));

  const before = world.transfers.length;
  world.allowed = false;
  await ask("forbidden");
  assertEquals(world.got(), refused("forbidden"));
  assertEquals(world.transfers.length, before);
});

Deno.test("more, less or something else than was offered is not taken for whole", async () => {
  const lies: Record<string, string> = {
    "more": dataUrl(bytesOf(11)),
    "less": dataUrl(bytesOf(9)),
    "no data URL": "x".repeat(600),
    "no base64": "data:text/plain,0123456789",
    "broken base64": "data:text/plain;base64,????????????",
  };
  for (const [what, url] of Object.entries(lies)) {
    const world = new SkyWorld();
    world.connect();
    world.say({ type: "__file", signal: "ask", sendId: "s", name: "n.txt", size: 10 });
    await microtasks();
    assert(world.last);
    world.exchange.accept(world.last);
    await microtasks();
    world.got();
    for (const chunk of chunksOf(url, "s", 100)) world.say(chunk);
    for (let round = 0; round < 20; round++) await microtasks();
    assertEquals(world.last.state, { kind: "failed", reason: "damaged", by: "peer" }, what);
    assertEquals(world.got(), [{ type: "__file", signal: "refuse", sendId: "s" }], what);
    assert(world.storage.sinks.every(({ discarded }) => discarded), what);
  }
});

Deno.test("asking without end makes no cards without end", async () => {
  const world = new SkyWorld();
  world.connect();
  for (let n = 0; n < 500; n++) {
    world.say({ type: "__file", signal: "ask", sendId: `s${n}`, name: "n.txt", size: 10 });
    await microtasks();
  }
  assertEquals(world.transfers.length, fileLimits.offersMost);
});

Deno.test("when the connection or the page is gone, its files are out of reach and its lines forgotten", async () => {
  const world = new SkyWorld();
  world.connect();
  world.say({ type: "__file", signal: "ask", sendId: "s", name: "n.txt", size: 10 });
  await microtasks();
  assert(world.last);
  world.exchange.accept(world.last);
  await microtasks();
  assertEquals(world.last.state.kind, "moving");
  await world.disconnect();
  assertEquals(world.last.state.kind, "paused");
  world.clock.advance(fileLimits.reconnectMs);
  assertEquals(world.last.state, { kind: "failed", reason: "lost", by: "peer" });
  world.chat("into the void");
  world.peers.handle({
    type: "peer-left",
    peer: peer("sky", { dialect: "skyrtc" }),
    reason: "left",
  });
  assertEquals(world.peers.openFile("sky"), undefined);
});

Deno.test("data URLs are the same in whatever pieces they come", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), cuts, (bytes, lengths) => {
    const writer = new DataUrlWriter();
    let url = "";
    let at = 0;
    for (const length of lengths) {
      url += writer.write(bytes.subarray(at, at + length), { last: false });
      at += length;
    }
    url += writer.write(bytes.subarray(at), { last: true });
    assert(url.endsWith(dataUrl(bytes).slice("data:application/pdf;base64,".length)));
    const reader = new DataUrlReader();
    const read: number[] = [];
    for (let from = 0, n = 0; from < url.length; n++) {
      const length = lengths[n % lengths.length] ?? 1;
      read.push(...reader.read(url.slice(from, from + length)) ?? [NaN]);
      from += length;
    }
    assertEquals(read, [...bytes]);
    assert(reader.isWhole);
  }));
});
