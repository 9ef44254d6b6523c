// A call whose every packet goes through the server's relay, and the server ends or drops somebody.

import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  type Access,
  chatLines,
  linkWays,
  type Peer,
  waitFor,
  waitForChat,
  waitForLines,
  waitForMedia,
  waitForOutage,
} from "../rig/mod.ts";
import { type Call, testOnInternet } from "./internet.ts";
import { settledCall } from "./settled_call.ts";

/** Two of these can only be relayed. */
const atWork: Access = { kind: "router", ports: "random" };

/** Waits for a relay at one end at least; while the ends change their ways there may be none. */
async function waitForRelay(peers: Peer[]): Promise<void> {
  await waitFor(async () => {
    const ways = (await Promise.all(peers.map(linkWays))).flat();
    return ways.length === peers.length && ways.some(({ type }) => type === "relay");
  }, { what: "the call to be relayed" });
}

async function fingerprints(peers: Peer[]): Promise<string[]> {
  return (await Promise.all(peers.map(linkWays))).flat().flatMap((way) => way.fingerprints);
}

/** Ends the server in mid-call and starts it again; the relay is gone in between. */
async function outlives({ server, join }: Call, how: "kill" | "update"): Promise<void> {
  const { peers, most } = await settledCall((index) => join(index));
  await waitForChat(peers);
  await waitForRelay(peers);
  const before = await fingerprints(peers);
  const ended = performance.now();
  await (how === "kill" ? server.kill() : server.current.stop());
  await waitForOutage(peers, { said: true });
  for (const [index, peer] of peers.entries()) await peer.say(`line ${index}`);
  await server.startAgain();
  const back = waitForMedia(peers, 30_000);
  await waitForOutage(peers, { said: false });
  const took = await back;
  const round = Math.round;
  console.log(
    `${how}: pictures ${round(took)} ms after it listened, at most ${round(most)}; ` +
      `${round(performance.now() - ended)} ms after it ended`,
  );
  assertLessOrEqual(took, most);
  await waitForRelay(peers);
  assertEquals(await fingerprints(peers), before, "the same encryption");
  await waitForLines(peers, peers.length);
  // What would come twice has come by now: later lines have.
  await peers[0]?.say("line 9");
  await waitForLines(peers, peers.length + 1);
  const [first = [], second = []] = await Promise.all(peers.map(chatLines));
  assertEquals(first, second, "one order");
  assertEquals(first.toSorted(), ["line 0", "line 1", "line 9"], "each line once");
}

testOnInternet("a relayed call is back soon after its server was killed and listens again", {
  people: [atWork, atWork],
}, (call) => outlives(call, "kill"));

testOnInternet("a relayed call is silent while its server is updated, and back soon after", {
  people: [atWork, atWork],
}, (call) => outlives(call, "update"));

/** Runs in a page: connects it to itself through the relay, and counts the messages that arrive. */
async function relayToItself(): Promise<void> {
  const { iceServers } = globalThis.__rtc?.[0]?.connection.getConfiguration() ?? {};
  const [one, other] = [0, 1].map(() =>
    new RTCPeerConnection({ iceServers, iceTransportPolicy: "relay" })
  );
  if (one === undefined || other === undefined) return;
  one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate ?? undefined);
  other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate ?? undefined);
  const channel = one.createDataChannel("ticks", { ordered: false, maxRetransmits: 0 });
  let arrived = 0;
  other.ondatachannel = ({ channel }) => {
    channel.onmessage = () => Object.assign(globalThis, { __arrived: ++arrived });
  };
  setInterval(() => channel.readyState === "open" && channel.send("tick"), 50);
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription!);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription!);
}

function arrivals({ page }: Peer): Promise<number> {
  return page.evaluate(() => Number(Reflect.get(globalThis, "__arrived") ?? 0));
}

/** Waits until no message arrives for a second; returns the ms until the last one had. */
async function waitForSilence(peer: Peer): Promise<number> {
  const started = performance.now();
  let last = { count: await arrivals(peer), at: started };
  // Until the end of its allocation, which is minutes away, the relay would go on.
  await waitFor(async () => {
    const [count, at] = [await arrivals(peer), performance.now()];
    if (count !== last.count) last = { count, at };
    return at - last.at > 1_000;
  }, { what: "the relay to carry nothing more", timeout: 10_000 });
  return Math.round(last.at - started);
}

testOnInternet("the relay serves a person no longer who was removed or has left", {
  people: [atWork, atWork],
}, async ({ join }) => {
  const { peers } = await settledCall((index) => join(index));
  const [ann, bob] = peers;
  assert(ann && bob);
  for (const { page } of peers) await page.evaluate(relayToItself);
  const carries = async (peer: Peer) => {
    const before = await arrivals(peer);
    await waitFor(async () => await arrivals(peer) > before + 20, {
      what: "messages to go through the relay",
    });
  };
  for (const peer of peers) await carries(peer);
  await ann.press("People");
  await ann.press("Actions for Bob");
  await ann.press("Remove…");
  await ann.press("Remove");
  const removed = await waitForSilence(bob);
  await carries(ann);
  await ann.press("Leave");
  const left = await waitForSilence(ann);
  console.log(`relay: silent ${removed} ms after a removal, ${left} ms after leaving`);
});
