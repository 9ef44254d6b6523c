// Pictures are sent as they are seen: real encoders, real tiles.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  silenceFile,
  speechFile,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForTiles,
} from "../rig/mod.ts";
import { openMenu } from "./tile_menu.ts";

/**
 * Of each camera that goes out, by the lines it is encoded with; 0: not at all. Read twice, so that
 * growth counts.
 */
async function linesSent({ page }: Peer): Promise<number[]> {
  return await page.evaluate(async () => {
    const look = async () => {
      const found = new Map<string, { frames: number; lines: number }>();
      for (const [index, { connection }] of (globalThis.__rtc ?? []).entries()) {
        if (connection.connectionState !== "connected") continue;
        for (const entry of (await connection.getStats()).values()) {
          if (entry.type !== "outbound-rtp" || entry.kind !== "video") continue;
          const { framesEncoded = 0, frameHeight = 0 } = entry;
          found.set(`${index} ${entry.id}`, { frames: framesEncoded, lines: frameHeight });
        }
      }
      return found;
    };
    const before = await look();
    await new Promise((resolve) => setTimeout(resolve, 700));
    return [...await look()].map(([key, { frames, lines }]) =>
      frames > (before.get(key)?.frames ?? 0) ? lines : 0
    );
  });
}

/** Hides a tab, as far as its page can tell. */
function setHidden({ page }: Peer, hidden: boolean): Promise<void> {
  return page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden ? "hidden" : "visible");
}

async function framesFrom({ page }: Peer): Promise<number> {
  return await page.evaluate(async () => {
    let frames = 0;
    for (const { connection } of globalThis.__rtc ?? []) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === "inbound-rtp" && entry.kind === "video") frames += entry.framesDecoded;
      }
    }
    return frames;
  });
}

Deno.test("a hidden page is sent no picture but all sound, and sees again within two seconds", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "see", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "see", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  await waitFor(async () => (await linesSent(ann)).every((lines) => lines > 0), {
    what: "Ann's picture to go out",
  });
  await setHidden(bob, true);
  await waitFor(async () => (await linesSent(ann)).every((lines) => lines === 0), {
    what: "Ann's encoder to stop",
  });
  const sound = async () => (await bob.media())[0]?.audioPackets ?? 0;
  const heard = await sound();
  await waitFor(async () => await sound() > heard + 50, { what: "sound to go on" });
  assertEquals((await bob.media())[0]?.link, "connected", "silence of a camera is no trouble");
  const before = await framesFrom(bob);
  await setHidden(bob, false);
  await waitFor(async () => await framesFrom(bob) > before, {
    what: "a new picture within two seconds",
    timeout: 2_000,
    every: 50,
  });
});

Deno.test("small tiles get small pictures, the pinned one a large one, and a covered one none", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "see", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "see", name: "Bob", camera: false });
  await bob.page.setViewport({ width: 420, height: 320 });
  await waitFor(async () => (await bob.media()).some(({ videoWidth }) => videoWidth > 0), {
    what: "Ann's picture at Bob's",
  });
  const sent = async (wanted: (lines: number) => boolean, what: string) => {
    const found = await waitFor(async () => {
      const [lines = -1] = await linesSent(ann);
      return wanted(lines) ? { lines } : undefined;
    }, { what, timeout: 60_000 });
    return found.lines;
  };
  const small = await sent((lines) => lines >= 180 && lines <= 270, "a small picture");
  await bob.page.setViewport({ width: 1280, height: 900 });
  await sent((lines) => lines >= 2 * small && lines >= 540, "a large picture in a large window");
  await bob.press("Connections");
  await sent((lines) => lines === 0, "no picture under a panel that covers it");
  await bob.page.keyboard.press("Escape");
  await sent((lines) => lines >= 2 * small, "the large picture again");
  await bob.press("More");
  await bob.press("Reduce video quality");
  await sent((lines) => lines > 0 && lines <= 360, "a small one by Bob's own wish");
});

/** Packets of sound that left in each second of about one; a voice has fifty. */
function packetsPerSecond({ page }: Peer): Promise<number> {
  return page.evaluate(async () => {
    const look = async () => {
      for (const { connection } of globalThis.__rtc ?? []) {
        for (const entry of (await connection.getStats()).values()) {
          if (entry.type === "outbound-rtp" && entry.kind === "audio") {
            return { packets: entry.packetsSent, at: entry.timestamp };
          }
        }
      }
      throw new Error("no sound goes out");
    };
    const before = await look();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const after = await look();
    return (after.packets - before.packets) * 1_000 / (after.at - before.at);
  });
}

Deno.test("silence sends hardly a packet, which is no fault, and speech sends all", async () => {
  await using server = await startServer();
  await using silence = await silenceFile();
  await using speech = await speechFile();
  const hearing = ({ path }: { path: string }) => ({
    flags: [`--use-file-for-fake-audio-capture=${path}`],
  });
  await using quiet = await launchChromium(hearing(silence));
  await using talking = await launchChromium(hearing(speech));
  const at = { server, room: "pauses", camera: false };
  await using ann = await joinByLink(quiet, { ...at, name: "Ann" });
  await using bob = await joinByLink(talking, { ...at, name: "Bob" });
  await waitForTiles([ann, bob], 1);
  // One packet each 400 ms keeps the line known.
  await waitFor(async () => {
    const packets = await packetsPerSecond(ann);
    return packets > 0 && packets < 10;
  }, { what: "Ann's pauses" });
  await waitFor(async () => await packetsPerSecond(bob) > 30, { what: "Bob's voice" });
  assertEquals((await bob.media())[0]?.link, "connected");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("pinning raises the size of a picture, and unpinning lowers it", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const quiet = { server, room: "pin", camera: false };
  await using bob = await joinByLink(chromium, { ...quiet, name: "Bob" });
  await bob.page.setViewport({ width: 800, height: 600 });
  await using ann = await joinByLink(chromium, { ...quiet, name: "Ann", camera: true });
  await using cem = await joinByLink(chromium, { ...quiet, name: "Cem" });
  await using dia = await joinByLink(chromium, { ...quiet, name: "Dia" });
  await waitForTiles([ann, bob, cem, dia], 3);
  // Ann sends to three; the other two look nowhere, so what goes out is Bob's.
  await setHidden(cem, true);
  await setHidden(dia, true);
  const toBob = async (wanted: (lines: number) => boolean, what: string) => {
    const found = await waitFor(async () => {
      const lines = (await linesSent(ann)).filter((lines) => lines > 0);
      const [only = 0] = lines;
      return lines.length === 1 && wanted(only) ? { only } : undefined;
    }, { what, timeout: 60_000 });
    return found.only;
  };
  const small = await toBob((lines) => lines > 0 && lines <= 270, "a small picture in the grid");
  await openMenu(bob, "Ann");
  await bob.press("Pin");
  const large = await toBob((lines) => lines >= 2 * small, "a large one of who is pinned");
  await bob.press("Unpin Ann");
  await toBob((lines) => lines < large, "a smaller one again");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a peer that does not report what it sees gets full pictures", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "see", name: "Ann" });
  await using old = await openPeer(chromium, `${server.url}/healthz`);
  // As an older page: its words about what it sees never leave.
  await old.page.evaluateOnNewDocument(() => {
    const { send } = RTCDataChannel.prototype;
    Reflect.set(RTCDataChannel.prototype, "send", function (this: RTCDataChannel, data: string) {
      if (!data.includes('"watch"')) Reflect.apply(send, this, [data]);
    });
  });
  await old.page.goto(server.room("see", { name: "Old", join: "1" }));
  await waitForFullMesh([ann, old]);
  await setHidden(old, true);
  // Long after a page of today would have asked for nothing.
  const until = performance.now() + 4_000;
  while (performance.now() < until) assert((await linesSent(ann)).every((lines) => lines > 0));
});

Deno.test("pictures are encoded with what both ends do in hardware", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const open = async (name: string, efficient: string) => {
    const peer = await openPeer(chromium, `${server.url}/away.html`);
    // No machine of a test has such hardware; what is told of it is all that counts.
    await peer.page.evaluateOnNewDocument((efficient) => {
      const told = ({ video }: MediaDecodingConfiguration) =>
        Promise.resolve({
          supported: true,
          smooth: true,
          powerEfficient: video?.contentType === efficient,
        });
      Object.assign(MediaCapabilities.prototype, { encodingInfo: told, decodingInfo: told });
    }, efficient);
    await peer.page.goto(server.room("codec", { name, join: "1" }));
    return peer;
  };
  await using ann = await open("Ann", "video/VP9");
  await using bob = await open("Bob", "video/VP9");
  await using cem = await open("Cem", "video/H264");
  const peers = [ann, bob, cem];
  await waitForFullMesh(peers);
  const codecs = ({ page }: Peer) =>
    page.evaluate(async () => {
      const found: string[] = [];
      for (const { connection } of globalThis.__rtc ?? []) {
        const report = await connection.getStats();
        for (const entry of report.values()) {
          if (entry.type !== "outbound-rtp" || entry.kind !== "video" || !entry.active) continue;
          found.push(report.get(entry.codecId)?.mimeType);
        }
      }
      return found.sort();
    });
  const theirs = await codecs(cem);
  const [usual = ""] = theirs;
  const expected = [usual, "video/VP9"].sort();
  await waitFor(async () => (await codecs(ann)).join() === expected.join(), {
    what: `Ann's encoders to be ${expected}`,
  });
  await waitFor(async () => (await codecs(bob)).join() === expected.join(), {
    what: `Bob's encoders to be ${expected}`,
  });
  assertEquals(await codecs(cem), [usual, usual]);
  await waitForFullMesh(peers);
  assertEquals(await allComplaints(peers), []);
});
