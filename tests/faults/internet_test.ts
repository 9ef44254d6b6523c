// People behind routers and firewalls: which way their call takes, with the server's own relay.

import { assert, assertEquals } from "../assert.ts";
import {
  type Access,
  type BrowserName,
  linkWays,
  type Peer,
  shows,
  type Site,
  waitFor,
  waitForChat,
  waitForFullMesh,
  waitForLines,
  waitForMedia,
  waitForValue,
} from "../rig/mod.ts";
import { type Call, port, testOnInternet } from "./internet.ts";
import { settledCall } from "./settled_call.ts";

const atHome: Access = { kind: "router", ports: "kept" };
const atWork: Access = { kind: "router", ports: "random" };
const inPublic: Access = { kind: "public" };

/** A call of two with pictures, sound and a line of chat. */
async function callOfTwo(
  { join }: Call,
  { first = "chromium", words }: { first?: BrowserName; words: string },
): Promise<Peer[]> {
  const peers = [await join(0, first), await join(1)];
  await waitForFullMesh(peers);
  const said = () => Promise.all(peers.map((peer) => shows(peer, words)));
  await waitFor(async () => (await said()).every(Boolean), {
    what: `both tiles to say "${words}"`,
  });
  await waitForMedia(peers);
  await waitForChat(peers);
  await peers[0]?.say("line 1");
  assertEquals(await waitForLines(peers, 1), [["line 1"], ["line 1"]]);
  return peers;
}

/** How each end sends: to its relay over UDP, TCP or TLS, or without a relay. */
async function rungs(peers: Peer[]): Promise<string[]> {
  return (await Promise.all(peers.map(linkWays))).flat()
    .map(({ type, relayProtocol }) => type === "relay" ? relayProtocol : "direct");
}

/** The browsers may still be changing to a better way. */
async function waitForRungs(peers: Peer[], wanted: string[]): Promise<void> {
  await waitForValue(() => rungs(peers), wanted, { what: "the ways", timeout: 30_000 });
}

/** One end's relay is enough: the other reaches it as if directly. */
async function waitForUdpRelay(peers: Peer[]): Promise<void> {
  const relays = async () => [...new Set(await rungs(peers))].filter((rung) => rung !== "direct");
  await waitForValue(relays, ["udp"], { what: "the relays that the ends use" });
}

/** Lets a site connect to the web's port only, and not with STUN in the clear. */
async function allowWebOnly({ internet, site }: Call, index: number): Promise<void> {
  // STUN's magic cookie comes after 32 bytes of TCP's header and 4 of STUN's.
  const stun = "meta l4proto tcp @th,288,32 0x2112a442";
  for (const refused of ["meta l4proto udp", `tcp dport != ${port}`, stun]) {
    await internet.block(site(index), refused);
  }
}

testOnInternet("two behind routers that keep ports are connected directly", {
  people: [atHome, atHome],
}, async (call) => {
  await waitForRungs(await callOfTwo(call, { words: "Direct" }), ["direct", "direct"]);
});

testOnInternet("a person with a public address is reached directly from behind any router", {
  people: [inPublic, atWork],
}, async (call) => {
  await waitForRungs(await callOfTwo(call, { words: "Direct" }), ["direct", "direct"]);
});

testOnInternet("two behind routers with another port for each destination are relayed", {
  people: [atWork, atWork],
}, async (call) => waitForUdpRelay(await callOfTwo(call, { words: "Relayed by this server" })));

testOnInternet("where no UDP is let through, the relay is reached by TCP", {
  people: [atHome, atHome],
}, async (call) => {
  for (const index of [0, 1]) await call.internet.block(call.site(index), "meta l4proto udp");
  await waitForRungs(await callOfTwo(call, { words: "Relayed over TCP" }), ["tcp", "tcp"]);
});

testOnInternet("where only TLS to the web's port is let through, the relay is reached by that", {
  people: [atWork, atWork],
  flags: () => ["--tls-self-signed"],
}, async (call) => {
  for (const index of [0, 1]) await allowWebOnly(call, index);
  const peers = await callOfTwo(call, { first: "firefox", words: "Relayed over the web port" });
  await waitForRungs(peers, ["tls", "tls"]);
});

testOnInternet("each person takes the way that their network lets through", {
  people: [atWork, atWork],
  flags: () => ["--tls-self-signed"],
}, async (call) => {
  await allowWebOnly(call, 0);
  const peers = await callOfTwo(call, { words: "Relayed over the web port" });
  const isOwn = async () => {
    const [first, second] = await rungs(peers);
    return first === "tls" && (second === "udp" || second === "direct");
  };
  await waitFor(isOwn, { what: "TLS at one end, UDP at the other" });
});

const behindRouter = {
  server: { kind: "router", ports: "random", forwarded: { tcp: port, udp: port } },
  flags: ({ ipv4 }: Site) => ["--turn-address", `${ipv4}`],
} as const;

testOnInternet("a server behind a router relays with one TCP and one UDP port forwarded to it", {
  ...behindRouter,
  people: [atWork, atWork],
}, async (call) => {
  const peers = await callOfTwo(call, { words: "Relayed by this server" });
  // No relayed address is forwarded, so both ends meet within the server.
  await waitForRungs(peers, ["udp", "udp"]);
  const { ipv4 } = call.serverSite;
  const ways = (await Promise.all(peers.map(linkWays))).flat();
  assert(ways.every(({ address }) => address === ipv4), "the relayed address is the router's");
});

testOnInternet("a person in one network with a server behind a router is relayed as well", {
  ...behindRouter,
  people: ["beside the server", atWork],
}, async (call) => {
  await waitForRungs(await callOfTwo(call, { words: "Relayed by this server" }), ["udp", "udp"]);
});

testOnInternet("a person with IPv6 only and one with IPv4 only are relayed", {
  people: [{ kind: "public", only: "ipv6" }, atHome],
}, async (call) => waitForUdpRelay(await callOfTwo(call, { words: "Relayed by this server" })));

testOnInternet("a call goes on over TCP when a network stops to let UDP through", {
  people: [atWork, atWork],
}, async ({ internet, site, join }) => {
  const { peers } = await settledCall((index) => join(index));
  const stopped = performance.now();
  await internet.block(site(0), "meta l4proto udp");
  const first = async () => (await rungs(peers))[0];
  await waitForValue(first, "tcp", { what: "the way over TCP", timeout: 30_000 });
  await waitForMedia(peers);
  console.log(`UDP stopped: pictures after ${Math.round(performance.now() - stopped)} ms`);
});
