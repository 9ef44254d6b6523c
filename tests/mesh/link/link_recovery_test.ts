import { recoveryTimes } from "../../../mesh/link/recovery.ts";
import { assertEquals, assertGreater } from "../../assert.ts";
import { calledPair, LinkPair } from "./link_pair.ts";
import { expectAgreement } from "./link_scenarios.ts";

async function connectedPair(): Promise<LinkPair> {
  const pair = await calledPair();
  await pair.connected();
  return pair;
}

Deno.test("a peer that never answers is called unreachable after 30 s, and asked again slowly", async () => {
  const pair = new LinkPair();
  const { a } = pair;
  a.link.call();
  await a.fake.tasks.drain();
  a.wire.length = 0;
  pair.clock.advance(29_999);
  assertEquals(a.link.state.kind, "connecting");
  pair.clock.advance(1);
  assertEquals(a.link.state, { kind: "failed", reason: "no-answer" });
  pair.clock.advance(recoveryTimes.slow);
  assertEquals(a.wire[0]?.kind, "description");
  await pair.settle();
  assertEquals(a.link.state.kind, "connecting");
  await pair.connected();
  pair.close();
});

Deno.test("a call that never comes is told too, and made from here later", async () => {
  const pair = new LinkPair();
  const { b } = pair;
  pair.clock.advance(30_000);
  assertEquals(b.link.state, { kind: "failed", reason: "no-answer" });
  pair.clock.advance(recoveryTimes.slow);
  await pair.settle();
  expectAgreement(pair);
  await pair.connected();
  pair.close();
});

Deno.test("a short loss heals without an offer", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  b.fake.become("disconnected");
  assertEquals(b.link.state, { kind: "reconnecting", since: 0 });
  pair.clock.advance(recoveryTimes.disconnected - 1);
  b.fake.become("connected");
  pair.clock.advance(60_000);
  await pair.settle();
  assertEquals(b.link.state.kind, "connected");
  assertEquals(pair.a.offers + b.offers, 1);
  pair.close();
});

Deno.test("after two seconds of loss the impolite side restarts ICE, and it alone", async () => {
  const pair = await connectedPair();
  const { a, b } = pair;
  const [before] = [b.fake.currentLocal?.ufrag];
  for (const side of [a, b]) side.fake.become("disconnected");
  pair.clock.advance(recoveryTimes.disconnected);
  await pair.settle();
  a.fake.become("connecting");
  pair.clock.advance(recoveryTimes.polite);
  await pair.settle();
  assertEquals(b.fake.currentLocal?.ufrag === before, false);
  assertEquals([a.offers, b.offers], [1, 1]);
  await pair.connected();
  assertEquals(a.fakes.length + b.fakes.length, 2, "the same connections");
  pair.close();
});

Deno.test("three restarts in vain are told as no path, tries go on slowly, and a late path is taken", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  b.fake.become("failed");
  assertEquals(b.link.state.kind, "reconnecting");
  for (const wait of recoveryTimes.restarts) {
    pair.clock.advance(wait);
    await pair.settle();
    b.fake.become("connecting");
    b.fake.become("failed");
  }
  assertEquals(b.link.state, { kind: "failed", reason: "no-path" });
  assertEquals(b.offers, recoveryTimes.restarts.length);
  pair.clock.advance(recoveryTimes.slow);
  await pair.settle();
  assertEquals(b.offers, recoveryTimes.restarts.length + 1);
  b.fake.become("connected");
  assertEquals(b.link.state.kind, "connected");
  pair.close();
});

Deno.test("every connection starts the count of restarts anew", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  for (let loss = 0; loss < 2 * recoveryTimes.restarts.length; loss++) {
    b.fake.become("failed");
    assertEquals(b.link.state.kind, "reconnecting");
    pair.clock.advance(0);
    await pair.settle();
    await pair.connected();
  }
  assertEquals(b.states.some(({ kind }) => kind === "failed"), false);
  pair.close();
});

Deno.test("a link that was answered but never connects says so after 30 s, and is tried on slowly", async () => {
  const pair = await calledPair();
  const { a } = pair;
  for (let second = 0; second < 30; second++) {
    assertEquals(a.link.state.kind, "connecting", `after ${second} s`);
    pair.clock.advance(1_000);
    await pair.settle();
  }
  // One restart falls between two measurements, so it may take a second or two longer.
  for (let second = 0; second < 2; second++) pair.clock.advance(1_000);
  assertEquals(a.link.state, { kind: "failed", reason: "no-path" });
  const before = a.offers;
  pair.clock.advance(recoveryTimes.slow + 5_000);
  await pair.settle();
  assertGreater(a.offers, before);
  pair.close();
});

Deno.test("a failure that is not of ICE gets a new connection", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  b.fake.become("failed", "connected");
  assertEquals(b.link.state, { kind: "failed", reason: "broken" });
  pair.clock.advance(recoveryTimes.slow);
  await pair.settle();
  assertEquals(b.fakes.length, 2);
  expectAgreement(pair);
  await pair.connected();
  pair.close();
});

Deno.test("a restart offer lost with a socket is said again, not made anew", async () => {
  const pair = await connectedPair();
  const { a, b } = pair;
  b.fake.become("failed");
  pair.clock.advance(0);
  await b.fake.tasks.drain();
  b.wire.length = 0;
  b.link.resume();
  await pair.settle();
  assertEquals([a.fake.signalingState, b.fake.signalingState], ["stable", "stable"]);
  assertEquals(a.fake.currentRemote?.ufrag, b.fake.currentLocal?.ufrag);
  pair.close();
});

Deno.test("nothing coming in restarts ICE although the browser says connected; packets end the alarm", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  b.link.observe({ flow: "stalled", isRelayedHere: false });
  assertEquals(b.link.state.kind, "reconnecting");
  pair.clock.advance(0);
  await pair.settle();
  assertEquals(b.offers, 1);
  b.link.observe({ flow: "flowing", isRelayedHere: false });
  assertEquals(b.link.state.kind, "connected");
  pair.clock.advance(60_000);
  await pair.settle();
  assertEquals([b.offers, b.fakes.length], [1, 1]);
  pair.close();
});

Deno.test("a hint that connectivity is back ends the slow wait, but not more often than every two seconds", async () => {
  const pair = await connectedPair();
  const { b } = pair;
  b.fake.become("failed");
  for (const wait of recoveryTimes.restarts) {
    pair.clock.advance(wait);
    await pair.settle();
    b.fake.become("connecting");
    b.fake.become("failed");
  }
  assertEquals(b.link.state.kind, "failed");
  pair.clock.advance(recoveryTimes.gap);
  const before = b.offers;
  for (let hint = 0; hint < 5; hint++) {
    b.link.nudge();
    pair.clock.advance(100);
    await pair.settle();
  }
  assertEquals(b.offers, before + 1);
  pair.close();
});

Deno.test("another policy looks for a way again over the same connection", async () => {
  const pair = await connectedPair();
  const { a, b } = pair;
  const before = a.fake.currentLocal?.ufrag;
  a.link.configure({ iceTransportPolicy: "relay" });
  a.link.restartIce();
  await pair.settle();
  assertEquals(a.fake.currentLocal?.ufrag === before, false);
  assertEquals([a.fakes.length, b.fakes.length], [1, 1]);
  assertEquals(a.fake.configuration.iceTransportPolicy, "relay");
  pair.close();
});

Deno.test("an offer that its sender gave up meanwhile is dropped when it comes late by another way", async () => {
  const pair = await connectedPair();
  const { a, b } = pair;
  a.turn("screen", true);
  await a.fake.tasks.drain();
  const late = a.wire.splice(0);
  b.turn("screen", true);
  await pair.settle();
  const settled = b.fake.currentRemote;
  for (const signal of late) b.link.receive(signal);
  await pair.settle();
  expectAgreement(pair);
  assertEquals(b.fake.currentRemote?.version, settled?.version);
  pair.close();
});
