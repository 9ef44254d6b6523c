// Calls that find no direct way, over Debian's coturn with credentials our server mints.

import { assert, assertEquals } from "../assert.ts";
import { PROJECT } from "../../scripts/server_command.ts";
import {
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  startCoturn,
  startServer,
  waitForFullMesh,
} from "../rig/mod.ts";

/** Every pair of candidates in use, as types and the relay's protocol. */
function pathsOf(peer: Peer): Promise<string[]> {
  return peer.page.evaluate(async () => {
    const found: string[] = [];
    for (const { connection } of globalThis.__rtc ?? []) {
      const stats = await connection.getStats();
      stats.forEach((pair) => {
        if (pair.type !== "candidate-pair" || pair.state !== "succeeded" || !pair.nominated) return;
        const local = stats.get(pair.localCandidateId);
        found.push(`${local?.candidateType} ${local?.relayProtocol}`);
      });
    }
    return found;
  });
}

/** Joins with a browser that may use relays only, as behind a firewall that lets nothing else through. */
async function joinRelayed(
  browser: LaunchedBrowser,
  { server, name }: { server: RunningServer; name: string },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/healthz`);
  await peer.page.evaluateOnNewDocument(() => {
    const Wrapped = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Wrapped {
      constructor(configuration?: RTCConfiguration) {
        super({ ...configuration, iceTransportPolicy: "relay" });
      }
    };
  });
  await peer.page.goto(server.room("relayed", { name, join: "1" }), { waitUntil: "load" });
  return peer;
}

for (const transport of ["udp", "tcp"]) {
  Deno.test(`a call over coturn by ${transport}, with credentials of the server`, async () => {
    await using coturn = await startCoturn(`${PROJECT}.parley`);
    const url = `turn:127.0.0.1:${coturn.port}?transport=${transport}`;
    await using server = await startServer({
      args: ["--turn-urls", url, "--turn-secret-file", coturn.secretFile],
    });
    await using chromium = await launchChromium();
    await using ann = await joinRelayed(chromium, { server, name: "Ann" });
    await using bob = await joinRelayed(chromium, { server, name: "Bob" });
    await waitForFullMesh([ann, bob]);
    assertEquals(await pathsOf(ann), [`relay ${transport}`]);
    assert((await coturn.log()).includes("rig"), "coturn served the call");
  });
}
