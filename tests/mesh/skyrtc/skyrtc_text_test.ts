/** Text with a SkyRTC page, and hostile packets. */
import fc from "fast-check";
import { limits } from "../../../protocol/mod.ts";
import { readPacket } from "../../../mesh/skyrtc/packets.ts";
import { assertEquals } from "../../assert.ts";
import { SkyWorld } from "./skyrtc_world.ts";

Deno.test("an own line goes to the page once, and what is not for everybody, or old, does not", () => {
  const world = new SkyWorld();
  const channel = world.connect();
  world.chat("hello");
  world.chat("a whisper", { to: { peerId: "bob", name: "Bob" } });
  world.chat("from before", { recent: true });
  world.chat("of another", { own: false, from: "bob" });
  world.chat(null);
  assertEquals(world.got(channel), [{ type: "__msg", data: "hello" }]);
});

Deno.test("lines wait for the channel, few and the newest, and come in order", () => {
  const world = new SkyWorld();
  for (let n = 0; n < 30; n++) world.chat(`${n}`);
  const channel = world.connect({ open: false });
  world.chat("30");
  channel.open();
  assertEquals(
    world.got().map(({ data }) => data),
    Array.from({ length: 20 }, (_, n) => `${n + 11}`),
  );
  world.chat("31");
  assertEquals(world.got().length, 1);
});

Deno.test("of two channels the newest open one is used, and the older one after it", () => {
  const world = new SkyWorld();
  const [older, newer] = [world.connect(), world.connect({ open: false })];
  world.chat("one");
  newer.open();
  world.chat("two");
  newer.end();
  world.chat("three");
  assertEquals(older.sent.map((frame) => JSON.parse(frame).data), ["one", "three"]);
  assertEquals(newer.sent.map((frame) => JSON.parse(frame).data), ["two"]);
});

Deno.test("a page that writes through the server is not told twice", () => {
  const world = new SkyWorld();
  world.connect();
  world.chat("by the server", { own: false, from: "sky" });
  world.chat("hello");
  assertEquals(world.got(), []);
});

Deno.test("a change goes as a new line to who had the first one", () => {
  const world = new SkyWorld();
  world.connect();
  world.chat("helo");
  const line = { id: 1, ref: "ref-helo", from: "self", name: "Ann", at: 1, changed: 2 };
  world.peers.handle({ type: "chat-changed", line: { ...line, text: "hello" } });
  world.peers.handle({ type: "chat-changed", line: { ...line, text: null } });
  world.peers.handle({ type: "chat-changed", line: { ...line, ref: "unknown", text: "x" } });
  assertEquals(world.got().map(({ data }) => data), ["helo", "* hello"]);
});

Deno.test("its text is told within the chat's length and rate, and only if the owners let it write", () => {
  const world = new SkyWorld();
  world.connect({ early: ['{"type":"__msg","data":"early"}'] });
  world.say({ type: "__msg", data: "😀".repeat(limits.chatText + 5) });
  assertEquals(world.texts, ["early", "😀".repeat(limits.chatText)]);
  for (let n = 0; n < 100; n++) world.say({ type: "__msg", data: `${n}` });
  assertEquals(world.texts.length, limits.chatBurst);
  world.clock.advance(2_000);
  world.say({ type: "__msg", data: "later" });
  assertEquals(world.texts.at(-1), "later");
  world.allowed = false;
  world.say({ type: "__msg", data: "forbidden" });
  assertEquals(world.texts.at(-1), "later");
});

Deno.test("nothing a page can say does harm", () => {
  const world = new SkyWorld();
  world.connect();
  const hostile = [
    ...["", "{", "null", "[]", "7", '"__msg"', '{"type":"__msg"}', '{"type":"__file"}'],
    ...['{"type":"__msg","data":7}', '{"type":"__msg","data":" \\n "}', '{"__proto__":{"type":1}}'],
    ...["ask", "accept", "refuse", "chunk", "close", "constructor"].map((signal) =>
      JSON.stringify({ type: "__file", signal })
    ),
    JSON.stringify({ type: "__file", signal: "chunk", sendId: "none", data: "x", last: true }),
    JSON.stringify({ type: "__file", signal: "accept", sendId: "__proto__" }),
    JSON.stringify({ type: "__file", signal: "ask", sendId: "a", name: "n", size: -1 }),
    JSON.stringify({ type: "__file", signal: "ask", sendId: "a", name: "n", size: "1e400" }),
    JSON.stringify({ type: "__file", signal: "ask", sendId: "s".repeat(129), name: "n", size: 1 }),
    `{"type":"__msg","data":"${"x".repeat(limits.frameBytes)}"}`,
  ];
  for (const packet of hostile) world.say(packet);
  world.channels[0]?.hear(new ArrayBuffer(8));
  assertEquals([world.texts, world.transfers, world.got()], [[], [], []]);
  fc.assert(fc.property(fc.anything(), (value) => void readPacket(value)));
  fc.assert(fc.property(fc.json(), (json) => void readPacket(json)));
});
