// The server has forgotten one end or both, and with them what its relay did for their links.

import { assert, assertEquals } from "../../assert.ts";
import { calledPair, type LinkPair, type Side } from "./link_pair.ts";
import { expectAgreement } from "./link_scenarios.ts";

/** Connected; `isRelayedHere`: over the server's relay at both ends. */
async function talkingPair({ isRelayedHere = true } = {}): Promise<LinkPair> {
  const pair = await calledPair();
  await pair.connected();
  for (const { link } of [pair.a, pair.b]) {
    link.observe({ flow: "flowing", isRelayedHere });
  }
  pair.a.offers = pair.b.offers = 0;
  return pair;
}

/** The servers of a new welcome. */
function forget(...sides: Side[]): void {
  for (const { link } of sides) link.configure({}, true);
}

/** A minute in which every signal arrives, and nothing is lost. */
async function liveOn(pair: LinkPair): Promise<void> {
  for (let tenth = 0; tenth < 600; tenth++) {
    pair.clock.advance(100);
    await pair.settle();
  }
}

function ufrags({ a, b }: LinkPair): (string | undefined)[] {
  return [a.fake.currentLocal?.ufrag, b.fake.currentLocal?.ufrag];
}

/** Both agree on the media, and on the credentials of both ends. */
function expectOnePath(pair: LinkPair): void {
  expectAgreement(pair);
  const known = [pair.b, pair.a].map(({ fake }) => fake.currentRemote?.ufrag);
  assertEquals(known, ufrags(pair));
}

Deno.test("both ends at a relay that has ended: one restart of ICE, by the impolite side, without a loss shown", async () => {
  const pair = await talkingPair();
  const { a, b } = pair;
  const before = ufrags(pair);
  forget(a, b);
  await liveOn(pair);
  assertEquals([a.offers, b.offers], [0, 0], "while the peer cannot be reached");
  a.link.resume();
  b.link.resume();
  await liveOn(pair);
  assertEquals([a.offers, b.offers, pair.glares], [0, 1, 0]);
  assert(ufrags(pair).every((ufrag, index) => ufrag !== before[index]), "both have new ones");
  assertEquals([a, b].map(({ states }) => states.map(({ kind }) => kind)), [
    ["connected"],
    ["connected"],
  ]);
  a.link.resume();
  b.link.resume();
  await liveOn(pair);
  assertEquals([a.offers, b.offers], [0, 1], "once for each welcome");
  pair.close();
});

Deno.test("measurements without packets do not hide that the relay carried the last ones", async () => {
  const pair = await talkingPair();
  const { a, b } = pair;
  b.link.observe({ flow: "unknown", isRelayedHere: false });
  forget(b);
  b.link.resume();
  await liveOn(pair);
  assertEquals([a.offers, b.offers], [0, 1]);
  pair.close();
});

Deno.test("the polite side restarts ICE itself if only its own relay has ended", async () => {
  const pair = await talkingPair();
  const { a, b } = pair;
  forget(a);
  for (const { link } of [a, b]) link.resume();
  await liveOn(pair);
  assertEquals([a.offers, b.offers], [1, 0]);
  pair.close();
});

Deno.test("a direct link and one over another server's relay are not touched", async () => {
  const pair = await talkingPair({ isRelayedHere: false });
  const { a, b } = pair;
  const before = ufrags(pair);
  forget(a, b);
  for (const { link } of [a, b]) link.resume();
  await liveOn(pair);
  assertEquals([a.offers, b.offers, ufrags(pair)], [0, 0, before]);
  pair.close();
});

Deno.test("offers made while the relay was away are replaced", async () => {
  const pair = await talkingPair();
  const { a, b } = pair;
  for (const { link } of [a, b]) {
    link.observe({ flow: "stalled", isRelayedHere: false });
  }
  pair.clock.advance(500);
  for (const { fake } of [a, b]) await fake.tasks.drain();
  const outdated = [a, b].map(({ fake }) => fake.pendingLocal?.ufrag ?? "");
  assert(!outdated.includes(""));
  // One offer was lost with the socket, the other one comes over the data channel after all.
  a.wire.splice(0);
  const late = b.wire.splice(0);
  forget(a, b);
  for (const { link } of [a, b]) link.resume();
  for (const signal of late) a.link.receive(signal);
  await pair.settle();
  expectOnePath(pair);
  assertEquals([a, b].map(({ fake }) => fake.signalingState), ["stable", "stable"]);
  assert(ufrags(pair).every((ufrag) => !outdated.includes(ufrag ?? "")));
  await pair.connected();
  const { offers } = b;
  await liveOn(pair);
  assertEquals([b.offers, a.fakes.length, b.fakes.length], [offers, 1, 1]);
  pair.close();
});

Deno.test("an answer to an offer that is being replaced is dropped", async () => {
  const pair = await talkingPair();
  const { a, b } = pair;
  b.link.observe({ flow: "stalled", isRelayedHere: false });
  pair.clock.advance(0);
  await b.fake.tasks.drain();
  const outdated = b.fake.pendingLocal?.ufrag;
  assert(outdated !== undefined);
  while (b.wire.length > 0) await pair.deliver(b);
  await a.fake.tasks.drain();
  assert(a.wire.some((signal) => signal.kind === "description"), "the answer is on its way");
  forget(b);
  b.link.resume();
  while (a.wire.length > 0) await pair.deliver(a);
  await pair.settle();
  expectOnePath(pair);
  assert(!ufrags(pair).includes(outdated));
  pair.close();
});
