import type { Candidate, Description, OpenSignal } from "../../../protocol/mod.ts";
import { assert, assertEquals, assertStrictEquals } from "../../assert.ts";
import { calledPair, LinkPair, Side } from "./link_pair.ts";
import { expectAgreement } from "./link_scenarios.ts";
import { microtasks } from "./fake_tasks.ts";

function descriptionsOf(side: Side): Description[] {
  return side.wire.flatMap((signal) => signal.kind === "description" ? [signal.description] : []);
}

function candidate(usernameFragment: string, text = `candidate:${usernameFragment}`): OpenSignal {
  const own: Candidate = { candidate: text, sdpMid: "0", sdpMLineIndex: 0, usernameFragment };
  return { kind: "candidate", candidate: own };
}

/** `side` has sent an offer that was not delivered yet. */
async function pendingOffer(side: Side): Promise<Description> {
  side.turn("screen", true);
  await side.fake.tasks.drain();
  assertEquals(side.fake.signalingState, "have-local-offer");
  const [offer] = descriptionsOf(side);
  assert(offer);
  return offer;
}

Deno.test("an answer to an older offer never touches the connection", async () => {
  const pair = await calledPair();
  const { a } = pair;
  const offer = await pendingOffer(a);
  const { currentRemote } = a.fake;
  const exchange = (offer.exchange ?? 0) - 1;
  for (const sdp of [a.fake.remoteDescription?.sdp, offer.sdp]) {
    assert(sdp);
    a.link.receive({ kind: "description", description: { type: "answer", sdp, exchange } });
    await a.fake.tasks.drain();
  }
  assertEquals(a.fakes.length, 1);
  assertEquals(a.fake.signalingState, "have-local-offer");
  assertStrictEquals(a.fake.currentRemote, currentRemote);
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("an answer nobody waits for is dropped", async () => {
  const pair = await calledPair();
  const answer = pair.b.fake.localDescription;
  assert(answer?.type === "answer" && typeof answer.sdp === "string");
  const { sdp } = answer;
  pair.a.link.receive({ kind: "description", description: { type: "answer", sdp, exchange: 1 } });
  await pair.settle();
  assertEquals(pair.a.link.state.kind, "connecting");
  assertEquals(pair.a.fakes.length, 1);
  pair.close();
});

Deno.test("candidates that overtake their description wait for it", async () => {
  const pair = new LinkPair();
  const { a, b } = pair;
  a.link.call();
  await a.fake.tasks.drain();
  a.wire.reverse();
  assertEquals(a.wire.at(-1)?.kind, "description");
  await pair.settle();
  assertEquals(b.fake.seen.candidates.toSorted(), ["", `candidate:${a.fake.currentLocal?.ufrag}`]);
  expectAgreement(pair);
  pair.close();
});

Deno.test("candidates that overtake the answer wait for it too", async () => {
  const pair = new LinkPair();
  const { a, b } = pair;
  a.link.call();
  await a.fake.tasks.drain();
  await pair.deliver(a);
  await b.fake.tasks.drain();
  b.wire.reverse();
  await pair.settle();
  assertEquals(a.fake.seen.candidates.toSorted(), ["", `candidate:${b.fake.currentLocal?.ufrag}`]);
  pair.close();
});

Deno.test("candidates of an ignored offer are ignored, those of the answer are not", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  await pendingOffer(b);
  a.fake.restartIce();
  const before = b.fake.seen.candidates.length;
  await a.fake.tasks.drain();
  while (a.wire.length > 0) await pair.deliver(a);
  b.link.receive(candidate(b.fake.currentRemote?.ufrag ?? ""));
  await b.fake.tasks.drain();
  assertEquals(b.fake.seen.candidates.length, before, "nothing of the ignored round");
  // Deliver only the answer, before the other side offers again.
  while (b.wire.length > 0) await pair.deliver(b);
  while (a.wire.length === 0) await pair.step(a);
  await pair.deliver(a);
  b.link.receive(
    candidate(b.fake.pendingRemote?.ufrag ?? a.fake.currentLocal?.ufrag ?? "", "late"),
  );
  await b.fake.tasks.drain();
  assert(b.fake.seen.candidates.includes("late"));
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("an offer that comes twice is answered twice and applied once", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  const offer = await pendingOffer(a);
  await pair.deliver(a);
  await b.fake.tasks.drain();
  const applied = b.fake.currentRemote;
  b.link.receive({ kind: "description", description: offer });
  await b.fake.tasks.drain();
  assertEquals(descriptionsOf(b).map(({ exchange }) => exchange), [offer.exchange, offer.exchange]);
  assertStrictEquals(b.fake.currentRemote, applied);
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("an offer that was lost is said again with its candidates", async () => {
  const pair = new LinkPair();
  const { a, b } = pair;
  a.link.call();
  await a.fake.tasks.drain();
  const lost = a.wire.splice(0);
  a.link.resume();
  assertEquals(a.wire, lost);
  await pair.settle();
  expectAgreement(pair);
  assertEquals(b.fake.seen.candidates.length, 2);
  pair.close();
});

Deno.test("an offer is said again, ever more rarely, until it is answered", async () => {
  const pair = await calledPair();
  await pair.connected();
  const { a } = pair;
  const offer = await pendingOffer(a);
  a.wire.length = 0;
  pair.clock.advance(3_000 + 6_000 + 12_000 + 24_000 + 30_000);
  assertEquals(descriptionsOf(a).filter(({ type }) => type === "offer"), Array(5).fill(offer));
  await pair.settle();
  expectAgreement(pair);
  pair.clock.advance(60_000);
  assertEquals(descriptionsOf(a), []);
  pair.close();
});

Deno.test("a second copy of an offer that an older connection has answered starts no new one", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  const offer = await pendingOffer(b);
  await pair.deliver(b);
  await a.fake.tasks.drain();
  const answers = descriptionsOf(a);
  assertEquals(answers.length, 1);
  a.wire.length = 0;
  a.link.call();
  a.link.receive({ kind: "description", description: offer });
  await microtasks();
  assertEquals(a.fakes.length, 2);
  assertEquals(descriptionsOf(a), answers);
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("a peer that begins anew counts anew, and is answered all the same", async () => {
  const pair = await calledPair();
  const { b, clock } = pair;
  const anew = new Side("a", { clock });
  anew.link.call();
  await anew.fake.tasks.drain();
  for (const signal of anew.wire) b.link.receive(signal);
  await microtasks();
  await b.fake.tasks.drain();
  assertEquals(b.fakes.length, 2);
  assertEquals(descriptionsOf(b).map(({ type, exchange }) => [type, exchange]), [["answer", 1]]);
  anew.link.close();
  pair.close();
});

Deno.test("a SkyRTC page, which numbers nothing, hears an offer once, and again if it never answers", async () => {
  const pair = new LinkPair({ dialect: "skyrtc" });
  const { b } = pair;
  b.link.call();
  await b.fake.tasks.drain();
  pair.clock.advance(44_000);
  assertEquals(descriptionsOf(b).length, 1);
  pair.clock.advance(1_000);
  assertEquals(descriptionsOf(b).length, 2);
  pair.close();
});

Deno.test("an answer that was lost is said again after a return", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  await pendingOffer(a);
  await pair.deliver(a);
  await b.fake.tasks.drain();
  b.wire.length = 0;
  b.link.resume();
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("an answer that was lost is said again when its offer is", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  await pendingOffer(a);
  await pair.deliver(a);
  await b.fake.tasks.drain();
  b.wire.length = 0;
  a.link.resume();
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("a description the connection refuses breaks this link and is mended by a new one", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  await pair.connected();
  const sdp = `v=1\r\na=fingerprint:sha-256 ${b.fake.origin.fingerprint}\r\n`;
  a.link.receive({ kind: "description", description: { type: "offer", sdp, exchange: 99 } });
  await microtasks();
  assertEquals(a.link.state, { kind: "failed", reason: "broken" });
  pair.clock.advance(30_000);
  await pair.settle();
  expectAgreement(pair);
  await pair.connected();
  pair.close();
});

Deno.test("a connection that cannot be made is a broken link, not an exception", () => {
  const pair = new LinkPair();
  pair.a.refuseConnections = true;
  pair.a.link.call();
  assertEquals(pair.a.link.state, { kind: "failed", reason: "broken" });
  pair.close();
});

Deno.test("a closed link is silent, holds no timer and closes only once", async () => {
  const pair = await calledPair();
  const { a, b } = pair;
  await pair.connected();
  await pendingOffer(b);
  const told = a.states.length;
  pair.close();
  pair.close();
  for (const signal of b.wire.splice(0)) a.link.receive(signal);
  a.link.call();
  a.turn("camera", true);
  a.link.resume();
  a.fake.become("failed");
  await pair.settle();
  assertEquals(a.fake.signalingState, "closed");
  assertEquals([a.states.length, a.wire.length, a.fakes.length], [told, 0, 1]);
  assertEquals(pair.clock.waiting, 0);
});

Deno.test("a link closed in the middle of an answer sends none", async () => {
  const pair = new LinkPair();
  const { a, b } = pair;
  a.link.call();
  await a.fake.tasks.drain();
  await pair.deliver(a);
  b.link.close();
  await b.fake.tasks.drain();
  assertEquals(b.wire.length, 0);
  pair.close();
});

Deno.test("a track the connection refused may be tried again", async () => {
  const pair = await calledPair();
  const { a } = pair;
  a.fake.refusesTracks = true;
  a.turn("camera", true);
  await pair.settle();
  a.fake.refusesTracks = false;
  a.link.setTrack("camera", a.wanted.get("camera") ?? null);
  await pair.settle();
  expectAgreement(pair);
  pair.close();
});

Deno.test("with a SkyRTC page this side opens one ordinary channel and ends no candidates", async () => {
  const pair = new LinkPair({ dialect: "skyrtc" });
  const { b } = pair;
  b.link.call();
  await b.fake.tasks.drain();
  assertEquals(b.fake.channels, ["text"]);
  assertEquals(b.foreign.map(({ channel }) => channel as unknown), [b.fake.channel]);
  const texts = b.wire.flatMap((it) => it.kind === "candidate" ? [it.candidate.candidate] : []);
  assertEquals(texts.length, 1);
  assertEquals(texts.includes(""), false);
  pair.close();
});

Deno.test("with a SkyRTC page this side yields, whatever the ids say", async () => {
  const pair = new LinkPair({ dialect: "skyrtc" });
  const { a, b } = pair;
  for (const side of [a, b]) side.link.call();
  for (const side of [a, b]) await side.fake.tasks.drain();
  await pair.deliver(a);
  await b.fake.tasks.drain();
  assertEquals(descriptionsOf(b).at(-1)?.type, "answer");
  assertEquals(b.fake.signalingState, "stable");
  pair.close();
});

Deno.test("a SkyRTC page's answer carries no number and is taken all the same", async () => {
  const pair = new LinkPair({ dialect: "skyrtc" });
  const { a, b } = pair;
  b.link.call();
  await b.fake.tasks.drain();
  await pair.deliver(b);
  await a.fake.tasks.drain();
  const [answer] = descriptionsOf(a);
  assert(answer?.type === "answer");
  const { type, sdp } = answer;
  b.link.receive({ kind: "description", description: { type, sdp } });
  await b.fake.tasks.drain();
  assertEquals(b.fake.signalingState, "stable");
  pair.close();
});

Deno.test("a SkyRTC page that calls brings its own channel, and what it says early is kept, within a bound", async () => {
  const pair = await calledPair({ dialect: "skyrtc" });
  const { b } = pair;
  const made = b.foreign.length;
  const say = b.fake.openChannel();
  for (let n = 0; n < 100; n++) say(`packet ${n}`);
  assertEquals(b.foreign.length, made + 1);
  const foreign = b.foreign.at(-1);
  assert(foreign);
  assertEquals(foreign.early.length, 64);
  assertEquals(foreign.early[0], "packet 0");
  const heard: unknown[] = [];
  foreign.receive = (packet) => heard.push(packet);
  say("later");
  assertEquals(heard, ["later"]);
  pair.close();
});

Deno.test("statistics asked for just before the end are given up with it", async () => {
  const pair = await calledPair();
  const { a } = pair;
  a.fake.getStats = () => new Promise(() => {});
  const asked = a.link.stats();
  pair.close();
  assertEquals(await asked, undefined);
  assertEquals(await a.link.stats(), undefined);
});
