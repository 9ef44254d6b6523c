import { assert, assertEquals } from "../assert.ts";
import { parsePeerMessage } from "../../mesh/link/peer_message.ts";
import { FakeTrack } from "./link/fake_track.ts";
import { peer, RoomRig } from "./room_rig.ts";

const roster = [peer("bob"), peer("cid")];

Deno.test("the newcomer calls everybody it finds", async () => {
  const rig = new RoomRig().joined({ roster });
  await rig.drain();
  const offers = rig.socket.saidOf("signal").filter(({ signal }) => signal.kind === "description");
  assertEquals(offers.map(({ to }) => to), ["bob", "cid"]);
  rig.session.close();
});

Deno.test("who was there first waits for the newcomer's call", async () => {
  const rig = new RoomRig().joined();
  rig.news({ type: "peer-joined", peer: peer("bob") });
  await rig.drain();
  assertEquals(rig.fakes.length, 0);
  assertEquals(rig.session.links.stateOf("bob"), { kind: "connecting" });
  rig.session.close();
});

Deno.test("links get the server's ICE servers", () => {
  const iceServers = [{ urls: ["turn:here"], username: "u", credential: "c" }];
  const rig = new RoomRig().joined({ roster, iceServers });
  assertEquals(rig.fakes.map(({ configuration }) => configuration.iceServers), [
    iceServers,
    iceServers,
  ]);
  const renewed = [{ urls: "turn:there", username: "u", credential: "d" }];
  rig.returned({ roster, iceServers: renewed });
  assertEquals(rig.fakes.map(({ configuration }) => configuration.iceServers), [renewed, renewed]);
  rig.session.close();
});

Deno.test("a peer that leaves takes its link along and nothing else", () => {
  const rig = new RoomRig().joined({ roster });
  rig.news({ type: "peer-left", peerId: "bob", reason: "kicked" });
  assertEquals(rig.fakes.map(({ signalingState }) => signalingState), ["closed", "stable"]);
  assertEquals(rig.told("peer-left").map(({ peer, reason }) => [peer.peerId, reason]), [
    ["bob", "kicked"],
  ]);
  assertEquals(rig.session.roster.peers.map(({ peerId }) => peerId), ["cid"]);
  assertEquals(rig.session.links.stateOf("bob"), undefined);
  rig.session.close();
});

Deno.test("one link's trouble leaves the others and the roster alone", () => {
  const rig = new RoomRig().joined({ roster });
  rig.fakes[0]?.become("failed", "connected");
  assertEquals(rig.session.links.stateOf("bob"), { kind: "failed", reason: "broken" });
  assertEquals(rig.session.links.stateOf("cid"), { kind: "connecting" });
  assertEquals(rig.session.roster.peers.length, 2);
  rig.session.close();
});

Deno.test("a failed link is tried again on request, a living one is not", () => {
  const rig = new RoomRig().joined({ roster });
  rig.session.links.retry("cid");
  assertEquals(rig.fakes.length, 2);
  rig.fakes[0]?.become("failed", "connected");
  rig.session.links.retry("bob");
  rig.session.links.retry("nobody");
  assertEquals(rig.fakes.length, 3);
  assertEquals(rig.session.links.stateOf("bob"), { kind: "connecting" });
  rig.session.close();
});

Deno.test("a resumed session keeps its links and meets the new roster", async () => {
  const rig = new RoomRig().joined({ roster });
  rig.fakes[1]?.become("connected");
  const renamed = peer("cid", { name: "Cid" });
  rig.returned({ roster: [renamed, peer("dan")] });
  await rig.drain();
  assertEquals(rig.fakes.map(({ signalingState }) => signalingState !== "closed"), [false, true]);
  assertEquals(rig.told("peer-left").map(({ peer, reason }) => [peer.peerId, reason]), [
    ["bob", "lost"],
  ]);
  assertEquals(rig.told("peer-changed").map(({ peer }) => peer.name), ["Cid"]);
  assertEquals(rig.told("peer-joined").at(-1)?.peer.peerId, "dan");
  assertEquals(rig.fakes.length, 2, "the newcomer dan calls by itself");
  rig.session.close();
});

Deno.test("a resume says again an offer that may have been lost", async () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  await rig.drain();
  rig.returned({ roster: [peer("bob")] });
  const kinds = rig.socket.saidOf("signal").map(({ signal }) => signal.kind);
  assertEquals(kinds, ["description", "candidate", "candidate"]);
  rig.session.close();
});

Deno.test("a peer that is back hears a pending offer again", async () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  await rig.drain();
  const before = rig.socket.saidOf("signal").length;
  rig.news({ type: "peer-away", peerId: "bob" });
  assertEquals(rig.session.roster.peers[0]?.away, true);
  rig.news({ type: "peer-back", peerId: "bob" });
  assertEquals(rig.session.roster.peers[0]?.away, false);
  assertEquals(rig.socket.saidOf("signal").length, 2 * before);
  rig.session.close();
});

Deno.test("who comes back under another id calls everybody again with new connections", () => {
  const rig = new RoomRig().joined({ roster });
  for (const fake of rig.fakes) fake.become("connected");
  rig.returned({ peerId: "me-2", resumed: false, roster });
  assertEquals(rig.fakes.length, 4);
  assertEquals(rig.fakes.map(({ signalingState }) => signalingState), [
    "closed",
    "closed",
    "stable",
    "stable",
  ]);
  assertEquals(rig.told("peer-joined").length, 2, "nobody has come or gone");
  assertEquals(rig.told("peer-left").length, 0);
  assertEquals(rig.told("link").at(-1)?.link, { kind: "connecting" });
  rig.session.close();
});

Deno.test("tracks set before anyone is there reach everyone, and later ones too", async () => {
  const rig = new RoomRig();
  const camera = new FakeTrack("video");
  rig.session.setTrack("camera", camera);
  rig.joined({ roster });
  await rig.drain();
  const sent = () => rig.fakes.map((fake) => fake.getSenders().map(({ track }) => track));
  assertEquals(sent(), [[null, camera], [null, camera]]);
  const microphone = new FakeTrack("audio");
  rig.session.setTrack("microphone", microphone);
  await rig.drain();
  assertEquals(sent(), [[microphone, camera], [microphone, camera]]);
  rig.session.close();
});

Deno.test("signals of strangers are dropped", () => {
  const rig = new RoomRig().joined();
  const description = { type: "offer", sdp: "v=0", exchange: 1 } as const;
  rig.say({ type: "signal", from: "nobody", signal: { kind: "description", description } });
  assertEquals(rig.fakes.length, 0);
  rig.session.close();
});

Deno.test("200 visits of others leave no connection, timer or listener behind", () => {
  const rig = new RoomRig().joined();
  const before = rig.clock.waiting;
  for (let visit = 0; visit < 200; visit++) {
    const peerId = `p${visit}`;
    rig.news({ type: "peer-joined", peer: peer(peerId) });
    const description = { type: "offer", sdp: "v=0\r\n", exchange: 1 } as const;
    rig.say({ type: "signal", from: peerId, signal: { kind: "description", description } });
    rig.news({ type: "peer-left", peerId, reason: "left" });
  }
  assertEquals(rig.session.roster.peers, []);
  assertEquals(rig.fakes.filter(({ signalingState }) => signalingState !== "closed").length, 0);
  assertEquals(rig.clock.waiting, before);
  rig.session.close();
  assertEquals([rig.clock.waiting, rig.page.listeners], [0, 0]);
});

Deno.test("relays only: new links get the policy and living ones too, whatever servers come later", async () => {
  const rig = new RoomRig().joined({ roster, iceServers: [{ urls: "turn:here" }] });
  await rig.drain();
  rig.session.links.setRelayOnly(true);
  await rig.drain();
  const policies = () => rig.fakes.map(({ configuration }) => configuration.iceTransportPolicy);
  assertEquals(policies(), ["relay", "relay"]);
  rig.say({ type: "ice-servers", iceServers: [{ urls: "turn:there" }] });
  rig.news({ type: "peer-joined", peer: peer("dan") });
  assertEquals(policies(), ["relay", "relay"]);
  rig.session.links.setRelayOnly(false);
  assertEquals(policies(), ["all", "all"]);
  assertEquals(rig.fakes[0]?.configuration.iceServers, [{ urls: "turn:there" }]);
  rig.session.close();
});

Deno.test("relays only for links to come leaves those there as they are until they look for a way by themselves", async () => {
  const rig = new RoomRig().joined({ roster });
  await rig.drain();
  const offers = () => rig.socket.saidOf("signal").length;
  const before = offers();
  rig.session.links.setRelayOnly(true, { anew: false });
  await rig.drain();
  assertEquals(offers(), before, "nobody is called again");
  const policies = rig.fakes.map(({ configuration }) => configuration.iceTransportPolicy);
  assertEquals(policies, ["relay", "relay"], "when they do look");
  rig.session.links.setRelayOnly(false);
  await rig.drain();
  assert(offers() > before, "a choice of this tab is for all links");
  rig.session.close();
});

Deno.test("a peer that only the server has lost stays while its link lives, a minute at most", () => {
  const rig = new RoomRig().joined({ roster });
  for (const fake of rig.fakes) fake.become("connected");
  rig.news({ type: "peer-left", peerId: "bob", reason: "lost" });
  assertEquals(rig.session.roster.peers.map(({ peerId, away }) => [peerId, away]), [
    ["bob", true],
    ["cid", false],
  ]);
  rig.clock.advance(20_000);
  rig.news({ type: "peer-joined", peer: peer("bob") });
  assertEquals([rig.session.roster.peers[0]?.away, rig.fakes.length], [false, 2]);
  rig.news({ type: "peer-left", peerId: "cid", reason: "lost" });
  rig.fakes[1]?.channel?.open();
  rig.fakes[1]?.channel?.end();
  assertEquals(rig.told("peer-left").map(({ peer }) => peer.peerId), ["cid"]);
  rig.session.close();
});

Deno.test("without a server, state and signals go over the channels, and come in over them", async () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  await rig.drain();
  const channel = rig.fakes[0]?.channel;
  assert(channel);
  rig.fakes[0]?.become("connected");
  channel.open();
  rig.session.presence.change({ hand: true });
  assertEquals(channel.sent, [], "the server tells it");
  rig.socket.end(1006);
  rig.session.presence.change({ hand: false });
  rig.session.setTrack("screen", new FakeTrack("video"));
  const told = channel.sent.map((frame) => parsePeerMessage(frame));
  assert(told.every(({ ok }) => ok) && told.length >= 2);
  const state = { microphone: true, camera: false, screen: false, hand: true };
  channel.hear(JSON.stringify({ type: "state", state }));
  channel.hear(JSON.stringify({ type: "rename", name: "Bobby" }));
  channel.hear(JSON.stringify({ type: "rename", name: "" }));
  channel.hear(JSON.stringify({ type: "leave" }));
  channel.hear(new ArrayBuffer(3));
  assertEquals(rig.session.roster.peers.map(({ name, state }) => [name, state]), [[
    "Bobby",
    state,
  ]]);
  rig.session.close();
});

Deno.test("a message about a topic goes over the link, and one comes in with whatever it holds", async () => {
  const rig = new RoomRig().joined({ roster: [peer("bob"), peer("sky", { dialect: "skyrtc" })] });
  await rig.drain();
  const channel = rig.fakes[0]?.channel;
  assert(channel);
  assertEquals(rig.session.links.tell("bob", "captions", { text: "Hi" }), false, "not open yet");
  rig.fakes[0]?.become("connected");
  channel.open();
  assertEquals(rig.session.links.tell("bob", "captions", { text: "Hi" }), true);
  assertEquals(rig.session.links.tell("sky", "captions", { text: "Hi" }), false);
  assertEquals(rig.session.links.tell("nobody", "captions", { text: "Hi" }), false);
  assertEquals(channel.sent.map((frame) => parsePeerMessage(frame)), [
    { ok: true, message: { type: "topic", topic: "captions", body: { text: "Hi" } } },
  ]);
  for (const topic of ["captions", "", "x".repeat(17), 5]) {
    channel.hear(JSON.stringify({ type: "topic", topic, body: [null] }));
  }
  assertEquals(rig.told("topic"), [
    { type: "topic", peerId: "bob", topic: "captions", body: [null] },
  ]);
  rig.session.close();
});
