// Data channels as transfers see them.

import { fileChannelLabel, FileChannels, type RawFileChannel } from "../../mesh/file_channel.ts";
import { type FileChannel, LinkChannel } from "../../mesh/files/link_channel.ts";
import { assert, assertEquals } from "../assert.ts";
import { FakeChannel } from "./fake_channel.ts";
import { FakeConnection } from "./fake_connection.ts";
import { FieldEvent } from "./fake_event.ts";
import { calledPair } from "./link_pair.ts";
import { peer, RoomRig } from "./room_rig.ts";

/** What a listener was told, in words. */
function listenTo(channel: FileChannel | undefined): string[] {
  const told: string[] = [];
  channel?.listen({
    opened: () => told.push("opened"),
    heard: (frame) => told.push(`heard ${typeof frame === "string" ? frame : "bytes"}`),
    drained: () => told.push("drained"),
    lost: () => told.push("lost"),
  });
  return told;
}

function wrapped(raw: RawFileChannel | undefined): FileChannel | undefined {
  return raw && new LinkChannel(raw);
}

function offered(label: string = fileChannelLabel) {
  const channel = Object.assign(new FakeChannel(), { label });
  return { fake: channel, real: channel as unknown as RTCDataChannel };
}

Deno.test("words that come before anybody listens are held, and in order", () => {
  const channels = new FileChannels(new FakeConnection().asReal);
  const { fake, real } = offered();
  const raw = channels.take(real);
  fake.open();
  fake.hear("one");
  fake.hear("two");
  const told = listenTo(wrapped(raw));
  fake.hear("three");
  fake.dispatchEvent(new Event("bufferedamountlow"));
  assertEquals(told, ["opened", "heard one", "heard two", "heard three", "drained"]);
});

Deno.test("bytes, or too many words, before anybody listens end the channel", () => {
  const channels = new FileChannels(new FakeConnection().asReal);
  for (const frames of [[new ArrayBuffer(8)], Array<string>(9).fill("again")]) {
    const { fake, real } = offered();
    const raw = channels.take(real);
    fake.open();
    for (const frame of frames) fake.hear(frame);
    assertEquals(fake.readyState, "closed");
    assertEquals(listenTo(wrapped(raw)), ["lost"]);
  }
});

Deno.test("a channel that ends, whichever way, is lost once", () => {
  const connection = new FakeConnection();
  const channels = new FileChannels(connection.asReal);
  const one = wrapped(channels.open());
  const first = connection.channel;
  const told = listenTo(one);
  first?.open();
  assert(one?.send("x"));
  first?.end();
  channels.close();
  assertEquals(told, ["opened", "lost"]);
  assertEquals(one?.send("y"), false);

  const two = listenTo(wrapped(channels.open()));
  channels.close();
  channels.close();
  assertEquals(two, ["lost"]);

  const three = wrapped(channels.open());
  const silent = listenTo(three);
  three?.close();
  channels.close();
  assertEquals(silent, []);
});

Deno.test("a channel whose connection went before anybody adopted it is lost", () => {
  const channels = new FileChannels(new FakeConnection().asReal);
  const [raw, ended] = [channels.open(), offered()];
  const taken = channels.take(ended.real);
  ended.fake.open();
  ended.fake.end();
  channels.close();
  for (const each of [raw, taken]) assertEquals(listenTo(wrapped(each)), ["lost"]);
});

Deno.test("other channels are not ours, and of ours there are at most 32 at once", () => {
  const channels = new FileChannels(new FakeConnection().asReal);
  assertEquals(channels.take(offered("chat").real), undefined);
  const taken = Array.from({ length: 32 }, () => offered());
  for (const { real } of taken) assert(channels.take(real));
  const { fake, real } = offered();
  assertEquals([channels.take(real), fake.readyState], [undefined, "closed"]);
  taken[0]?.fake.end();
  assert(channels.take(offered().real), "a place is free again");
});

Deno.test("a message is as long as both ends can take, 64 KiB at most", () => {
  for (const [most, bytes] of [[undefined, 16_384], [8_000, 8_000], [Infinity, 65_536]] as const) {
    const connection = new FakeConnection();
    if (most !== undefined) Object.assign(connection, { sctp: { maxMessageSize: most } });
    assertEquals(wrapped(new FileChannels(connection.asReal).open())?.messageBytes, bytes);
  }
});

Deno.test("a link gives channels while it lives, and what the peer opens comes through it", async () => {
  const pair = await calledPair();
  pair.a.fake.become("connected");
  const channel = wrapped(pair.a.link.openFileChannel());
  assert(channel);
  const told = listenTo(channel);
  pair.a.link.close();
  assertEquals(told, ["lost"]);
  assertEquals(pair.a.link.openFileChannel(), undefined);
  pair.close();
});

Deno.test("a room tells whose channel it is, and opens none to SkyRTC pages and strangers", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob"), peer("sky", { dialect: "skyrtc" })] });
  const seen: string[] = [];
  rig.session.files.subscribe(({ peerId }) => seen.push(peerId));
  const [bob, sky] = rig.fakes;
  assert(bob && sky);
  bob.dispatchEvent(new FieldEvent("datachannel", { channel: offered().real }));
  assertEquals(seen, ["bob"]);
  for (const fake of [bob, sky]) fake.become("connected");
  assert(rig.session.files.open("bob"));
  assertEquals(rig.session.files.open("sky"), undefined);
  assertEquals(rig.session.files.open("nobody"), undefined);
  rig.session.close();
  assertEquals(rig.session.files.open("bob"), undefined);
});
