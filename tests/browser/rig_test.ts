// The browser tests are only as good as the rig that watches for them, so the rig is tried first on
// a page that calls itself and misbehaves on purpose.

import { assert, assertEquals, assertRejects } from "../assert.ts";
import {
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  waitFor,
} from "../rig/mod.ts";

/** A page with one tile, fed by a call between two connections of the same page. */
const PAGE = `<!doctype html><title>Rig</title>
<article data-peer-id="bob" data-link="connected"><video autoplay playsinline></video></article>
<div role="log"></div>
<form><input type="text" aria-label="Message"><button>Send</button></form>
<button aria-label="Misbehave">!</button>
<script type="module">
const here = new RTCPeerConnection(), there = new RTCPeerConnection();
here.onicecandidate = ({ candidate }) => candidate && there.addIceCandidate(candidate);
there.onicecandidate = ({ candidate }) => candidate && here.addIceCandidate(candidate);
there.ontrack = ({ streams: [stream] }) => { document.querySelector("video").srcObject = stream; };
const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
for (const track of media.getTracks()) here.addTrack(track, media);
await here.setLocalDescription();
await there.setRemoteDescription(here.localDescription);
await there.setLocalDescription();
await here.setRemoteDescription(there.localDescription);
document.querySelector("form").onsubmit = (event) => {
  event.preventDefault();
  document.querySelector('[role="log"]').append(document.querySelector("input").value);
};
document.querySelector("[aria-label=Misbehave]").onclick = () => {
  console.error("said an error");
  fetch("/missing").catch(() => {});
  fetch("http://127.0.0.1:59999/elsewhere").catch(() => {});
  setTimeout(() => { throw new Error("thrown on purpose"); });
};
</script>`;

function servePage(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const missing = new URL(request.url).pathname === "/missing";
    return new Response(missing ? null : PAGE, {
      status: missing ? 404 : 200,
      headers: { "content-type": "text/html" },
    });
  });
}

async function tryRig(launch: () => Promise<LaunchedBrowser>): Promise<void> {
  await using server = servePage();
  await using browser = await launch();
  await using peer = await openPeer(browser, `http://localhost:${server.addr.port}/`);

  const first = await waitFor(async () => {
    const [tile] = await peer.media();
    return tile !== undefined && tile.videoWidth > 0 && tile.audioEnergy > 0 ? tile : undefined;
  }, { what: "picture and sound in the tile" });
  assertEquals([first.peerId, first.link, first.videos], ["bob", "connected", 1]);
  assert(first.audioPackets > 0);
  await waitFor(async () => ((await peer.media())[0]?.framesDecoded ?? 0) > first.framesDecoded, {
    what: "more decoded frames",
  });
  const states = await peer.states();
  assertEquals(states.length, 2);
  assert(states.flat().some(({ kind, state }) => kind === "connection" && state === "connected"));

  await peer.say("hello");
  await waitFor(async () => await peer.chat() === "hello", { what: "the written line" });
  assertEquals(peer.complaints.filter(({ text }) => !text.includes("favicon")), []);

  await peer.press("Misbehave");
  const wanted = ["said an error", "/missing 404", "127.0.0.1:59999", "thrown on purpose"];
  await waitFor(
    () => wanted.every((part) => peer.complaints.some(({ text }) => text.includes(part))),
    {
      what: "each misdeed to be noticed",
    },
  ).catch((error) => {
    throw new Error(JSON.stringify(peer.complaints, null, 1), { cause: error });
  });
  assert(peer.complaints.some(({ kind }) => kind === "third-party request"));
}

Deno.test("the rig sees media, chat and misdeeds in Chromium", () => tryRig(launchChromium));

Deno.test("the rig sees media, chat and misdeeds in Firefox", () => tryRig(launchFirefox));

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`a page of ${name} stays visible when another person's page opens`, async () => {
    await using browser = await launch();
    await using first = await openPeer(browser, "about:blank");
    await using second = await openPeer(browser, "about:blank");
    const visibility = ({ page }: Peer) => page.evaluate(() => document.visibilityState);
    assertEquals([await visibility(first), await visibility(second)], ["visible", "visible"]);
  });
}

Deno.test("a wait that is in vain says what it waited for", async () => {
  const vain = waitFor(() => 0, { what: "the impossible", timeout: 20, every: 5 });
  await assertRejects(() => vain, Error, "the impossible; last answer: 0");
});
