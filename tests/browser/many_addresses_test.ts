// Somebody whose machine has hundreds of addresses comes into a call, in real browsers of both
// makes.

import { assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  launchFirefox,
  lightCamera,
  openPeer,
  startServer,
  waitFor,
  waitForFullMesh,
} from "../rig/mod.ts";

declare global {
  /** Candidates that the page's connections found, and signals that its socket sent. */
  var __addresses: { found: number; signals: number } | undefined;
}

/** Runs in the page: every candidate is followed by `count` more, on addresses where nobody is. */
function findMany(count: number): void {
  const seen = globalThis.__addresses = { found: 0, signals: 0 };
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      this.addEventListener("icecandidate", (event) => {
        const { candidate } = event;
        if (!event.isTrusted || !candidate?.address) return;
        seen.found += count;
        const { sdpMid, sdpMLineIndex, usernameFragment, address } = candidate;
        for (let n = 0; n < count; n++) {
          const elsewhere = `127.3.${n >> 8}.${n & 255}`;
          const line = candidate.candidate.replace(` ${address} `, ` ${elsewhere} `);
          const more = { candidate: line, sdpMid, sdpMLineIndex, usernameFragment };
          const found = new RTCIceCandidate(more);
          this.dispatchEvent(new RTCPeerConnectionIceEvent("icecandidate", { candidate: found }));
        }
      });
    }
  };
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (String(data).startsWith("relay ")) seen.signals++;
    return send.call(this, data);
  };
}

Deno.test("one with hundreds of candidates for each link comes in like anybody else", async () => {
  await using server = await startServer();
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  await using firefox = await launchFirefox();
  const room = "many-addresses";
  await using ann = await joinByLink(chromium, { server, room, name: "Ann" });
  await using bob = await joinByLink(firefox, { server, room, name: "Bob" });
  await waitForFullMesh([ann, bob]);

  await using dan = await openPeer(chromium, `${server.url}/`);
  await dan.page.evaluateOnNewDocument(findMany, 100);
  await dan.page.goto(server.room(room, { name: "Dan", join: "1" }));
  await waitForFullMesh([ann, bob, dan]);
  const seen = await waitFor(() => dan.page.evaluate(() => globalThis.__addresses), {
    what: "what Dan's page has counted",
  });
  assertLess(600, seen.found);
  assertLess(seen.signals, seen.found / 5);
  const states = (await dan.states()).flat().map(({ state }) => state);
  assertEquals(states.filter((state) => state === "failed"), []);
  assertEquals(await allComplaints([ann, bob, dan]), []);
});
