// LinkChannel over a fake data channel.

import { fileLabel } from "../../../mesh/link/raw_channel.ts";
import { type FileChannel, LinkChannel } from "../../../mesh/files/link_channel.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FakeChannel } from "../link/fake_channel.ts";
import { FakeConnection } from "../link/fake_connection.ts";
import { FieldEvent } from "../link/fake_event.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { calledPair } from "../link/link_pair.ts";
import { peer, RoomRig } from "../room_rig.ts";

/** Records the calls of a listener as text. */
function listenTo(channel: FileChannel | undefined): string[] {
  const told: string[] = [];
  channel?.listen({
    opened: () => told.push("opened"),
    received: (frame) => told.push(`heard ${typeof frame === "string" ? frame : "bytes"}`),
    drained: () => told.push("drained"),
    lost: () => told.push("lost"),
  });
  return told;
}

/** A channel, and a function that closes its connection. */
function channelOn(connection = new FakeConnection()) {
  const { promise: gone, resolve: end } = Promise.withResolvers<void>();
  const fake = new FakeChannel();
  const real = fake as unknown as RTCDataChannel;
  return { fake, end, raw: { channel: real, connection: connection.asReal, gone } };
}

Deno.test("a channel reports frames, and that there is room again", () => {
  const { fake, raw } = channelOn();
  const channel = new LinkChannel(raw);
  const told = listenTo(channel);
  fake.open();
  fake.hear("one");
  fake.hear(new ArrayBuffer(3));
  fake.dispatchEvent(new Event("bufferedamountlow"));
  assertEquals(told, ["opened", "heard one", "heard bytes", "drained"]);
  const later = listenTo(channel);
  // A channel from the peer is open already in the `datachannel` event; its `open` event follows.
  fake.dispatchEvent(new Event("open"));
  assertEquals(later, ["opened"], "who listens later knows once that it is open");
});

Deno.test("a frame that comes before the channel is open is reported after that, and can be answered", () => {
  const { fake, raw } = channelOn();
  const channel = new LinkChannel(raw);
  const told: string[] = [];
  channel.listen({
    opened: () => told.push("opened"),
    received: (frame) => told.push(`heard ${frame}, answered: ${channel.send("answer")}`),
    drained() {},
    lost() {},
  });
  fake.hearEarly("ready");
  assertEquals(told, []);
  fake.open();
  fake.hear("next");
  assertEquals(told, ["opened", "heard ready, answered: true", "heard next, answered: true"]);
  assertEquals(fake.sent, ["answer", "answer"]);
});

Deno.test("a channel that ends in any way is lost once", async () => {
  const one = channelOn();
  const channel = new LinkChannel(one.raw);
  const told = listenTo(channel);
  one.fake.open();
  assert(channel.send("x"));
  one.fake.end();
  one.end();
  await microtasks();
  assertEquals(told, ["opened", "lost"]);
  assertEquals(channel.send("y"), false);
  assertEquals(listenTo(channel), ["lost"]);

  const two = channelOn();
  const later = listenTo(new LinkChannel(two.raw));
  two.end();
  await microtasks();
  assertEquals(later, ["lost"]);

  const three = channelOn();
  const closed = new LinkChannel(three.raw);
  const silent = listenTo(closed);
  closed.close();
  three.end();
  await microtasks();
  assertEquals(silent, []);

  const four = channelOn();
  four.fake.end();
  assertEquals(listenTo(new LinkChannel(four.raw)), ["lost"]);
});

Deno.test("a message is as long as both ends accept, 64 KiB at most", () => {
  for (const [most, bytes] of [[undefined, 16_384], [8_000, 8_000], [Infinity, 65_536]] as const) {
    const connection = new FakeConnection();
    if (most !== undefined) Object.assign(connection, { sctp: { maxMessageSize: most } });
    assertEquals(new LinkChannel(channelOn(connection).raw).messageBytes, bytes);
  }
});

Deno.test("a link opens channels while it lives, and they end with it", async () => {
  const pair = await calledPair();
  pair.a.fake.become("connected");
  const raw = pair.a.link.openChannel(fileLabel);
  assert(raw);
  const told = listenTo(new LinkChannel(raw));
  pair.a.link.close();
  await microtasks();
  assertEquals(told, ["lost"]);
  assertEquals(pair.a.link.openChannel(fileLabel), undefined);
  pair.close();
});

Deno.test("a room reports whose channel it is, and opens none to SkyRTC pages and unknown peers", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob"), peer("sky", { dialect: "skyrtc" })] });
  const [bob, sky] = rig.fakes;
  assert(bob && sky);
  for (const label of ["chat", fileLabel, "parley-replay"]) {
    const channel = Object.assign(new FakeChannel(), { label });
    bob.dispatchEvent(new FieldEvent("datachannel", { channel }));
  }
  assertEquals(rig.told("file-channel").map(({ peerId }) => peerId), ["bob"]);
  assertEquals(rig.told("channel").map(({ label }) => label), ["parley-replay"]);
  for (const fake of [bob, sky]) fake.become("connected");
  assert(rig.session.links.openChannel("bob", fileLabel));
  assertEquals(rig.session.links.openChannel("sky", fileLabel), undefined);
  assertEquals(rig.session.links.openChannel("nobody", fileLabel), undefined);
  rig.session.close();
  assertEquals(rig.session.links.openChannel("bob", fileLabel), undefined);
});
