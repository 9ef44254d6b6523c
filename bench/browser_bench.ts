/**
 * What a call costs the browsers: N people in one headless Chromium, each of whom sees all others
 * in the tiles of a 640 × 360 window; with video adapted to the tiles, and without. All of them
 * share the processors of this machine, so cameras send 640 × 360 at 10 frames a second: if both
 * ways used all processors, there would be nothing to compare. Microphones are off, to compare
 * video only.
 */
import { newSecret } from "../mesh/sealing/new_secret.ts";
import {
  launchChromium,
  lightCamera,
  openPeer,
  type Peer,
  startServer,
  waitForPictures,
} from "../tests/rig/mod.ts";
import { cpuSeconds, familyOf, median, pause, type Row } from "./measure.ts";

const sizes = [2, 4, 6, 8];
const camera = { width: 640, height: 360, perSecond: 10 };
const settleMs = 12_000;
const measureMs = 8_000;

/** The figures of one call. */
interface Call {
  /** Processors in use; 1 is one whole processor. */
  readonly cpu: number;
  /** Processor ms per frame shown; it still tells a difference if all processors are in use. */
  readonly each: number;
  /** kbit/s sent by each person, and kbit per frame shown: slow encoders send and show little. */
  readonly upload: number;
  readonly weight: number;
  /** Frames a second of the median stream, and of the slowest. */
  readonly fps: number;
  readonly slowest: number;
  /** ms from the last join until every stream had a picture; undefined: not within a minute. */
  readonly whole: number | undefined;
  /** Streams that showed new pictures. */
  readonly alive: number;
  /** Processors that the server used. */
  readonly server: number;
}

/** How a call is made. */
interface CallOptions {
  readonly people: number;
  /** Pictures are adapted to their tiles. */
  readonly adapts: boolean;
  /** All media goes through the server's relay. */
  readonly relayed?: boolean;
}

/** Runs in the page: it sends no `watch` message and adapts no sender. */
function withoutAdaptation(): void {
  const { send } = RTCDataChannel.prototype;
  Reflect.set(RTCDataChannel.prototype, "send", function (this: RTCDataChannel, data: unknown) {
    if (!String(data).includes('"watch"')) Reflect.apply(send, this, [data]);
  });
  RTCRtpSender.prototype.setParameters = () => Promise.resolve();
}

/** Measures calls of all sizes, with adaptation and without. */
export async function benchBrowser(log: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const people of sizes) {
    log(`a call of ${people} with adapted pictures …`);
    const on = await measureCall({ people, adapts: true });
    log(`a call of ${people} without adaptation …`);
    const off = await measureCall({ people, adapts: false });
    const last = people === 8;
    const row = (what: string, of: (call: Call) => number, more: Partial<Row> & { unit: string }) =>
      rows.push({
        what: `${what}, call of ${people}`,
        figures: { "as seen": of(on), "all alike": of(off) },
        ratio: of(on) / of(off),
        ...more,
      });
    row("processors in use", ({ cpu }) => cpu, { unit: "" });
    row("processor for a picture shown", ({ each }) => each, {
      unit: "ms",
      ...last && { goal: 0.5 },
    });
    row("upload of each", ({ upload }) => upload, { unit: "kbit/s" });
    row("upload for a picture shown", ({ weight }) => weight, {
      unit: "kbit",
      ...last && { goal: 0.25 },
    });
    row("pictures a second, middle stream", ({ fps }) => fps, { unit: "" });
    row("pictures a second, slowest stream", ({ slowest }) => slowest, { unit: "" });
    row("until all streams are there", ({ whole = NaN }) => whole, { unit: "ms" });
  }
  return rows;
}

/** Measures a call of eight whose media all goes through the server, and one that is direct. */
export async function benchRelayedCall(log: (line: string) => void): Promise<Row[]> {
  const people = 8;
  log(`a call of ${people}, all relayed …`);
  const relayed = await measureCall({ people, adapts: true, relayed: true });
  log(`a call of ${people}, all direct …`);
  const direct = await measureCall({ people, adapts: true });
  const row = (what: string, of: (call: Call) => number, unit = ""): Row => ({
    what,
    figures: { relayed: of(relayed), direct: of(direct) },
    ratio: of(relayed) / of(direct),
    unit,
  });
  return [
    row(`streams that show pictures, of ${people * (people - 1)}`, ({ alive }) => alive),
    row("pictures a second, middle stream", ({ fps }) => fps),
    row("pictures a second, slowest stream", ({ slowest }) => slowest),
    row("upload of each", ({ upload }) => upload, "kbit/s"),
    row("processors in use by the browser", ({ cpu }) => cpu),
    row("processors in use by the server", ({ server }) => server),
    row("until all streams are there", ({ whole = NaN }) => whole, "ms"),
  ];
}

async function measureCall({ people, adapts, relayed = false }: CallOptions): Promise<Call> {
  await using server = await startServer();
  await using film = await lightCamera({ ...camera, lively: true });
  await using chromium = await launchChromium({ flags: film.flags });
  const peers: Peer[] = [];
  let from = 0;
  for (let n = 0; n < people; n++) {
    const peer = await openPeer(chromium, `${server.url}/healthz`);
    if (!adapts) await peer.page.evaluateOnNewDocument(withoutAdaptation);
    await peer.page.setViewport(camera);
    from = performance.now();
    const way: Record<string, string> = relayed ? { relay: "1" } : {};
    await peer.page.goto(
      server.room("bench", { name: `P${n}`, join: "1", microphone: "0", ...way }),
    );
    peers.push(peer);
  }
  const whole = await waitForPictures(peers, 60_000)
    .then(() => performance.now() - from, () => undefined);
  await pause(settleMs);
  const serverPid = server.child.pid;
  const pids = await familyOf(chromium.browser.process()?.pid ?? 0);
  const look = async () => {
    const used = pids.map(cpuSeconds);
    const server = cpuSeconds(serverPid);
    const at = performance.now();
    return { used, server, at, counts: await Promise.all(peers.map(countsOf)) };
  };
  const before = await look();
  await pause(measureMs);
  const after = await look();
  // An overloaded machine also measures late, so the real interval counts.
  const seconds = (after.at - before.at) / 1000;
  const used = sum(after.used.map((seconds, n) => seconds - (before.used[n] ?? 0)));
  const sent = after.counts.map(({ bytes }, n) => bytes - (before.counts[n]?.bytes ?? 0));
  const rates = after.counts.flatMap(({ frames }, n) =>
    Object.entries(frames).map(([id, count]) =>
      (count - (before.counts[n]?.frames[id] ?? 0)) / seconds
    )
  );
  const shown = sum(rates);
  await Promise.all(peers.map((peer) => peer.close()));
  return {
    cpu: used / seconds,
    each: 1000 * used / seconds / shown,
    weight: sum(sent) * 8 / seconds / 1000 / shown,
    upload: median(sent) * 8 / seconds / 1000,
    alive: rates.filter((rate) => rate > 0).length,
    server: (after.server - before.server) / seconds,
    fps: median(rates),
    // A stream that never started is the slowest.
    slowest: rates.length < people * (people - 1) ? 0 : Math.min(...rates),
    whole,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** Bytes sent so far, and frames decoded so far by stream. */
function countsOf({ page }: Peer): Promise<{ bytes: number; frames: Record<string, number> }> {
  return page.evaluate(async () => {
    let bytes = 0;
    const frames: Record<string, number> = {};
    for (const [index, { connection }] of (globalThis.__rtc ?? []).entries()) {
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type === "outbound-rtp") bytes += entry.bytesSent;
        if (entry.type === "inbound-rtp" && entry.kind === "video") {
          frames[`${index} ${entry.id}`] = entry.framesDecoded;
        }
      }
    }
    return { bytes, frames };
  });
}

/**
 * Measures from opening a room's link to the first picture of another: first and later visits, in
 * an open room and in a sealed one.
 */
export async function benchEntry(): Promise<Row[]> {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const secret = newSecret();
  const links = ["open", "sealed"].map((room) => (name: string) =>
    server.room(room, { name, join: "1" }, room === "sealed" ? secret : undefined)
  );
  await using hosts = new AsyncDisposableStack();
  for (const link of links) hosts.use(await openPeer(chromium, link("Host")));
  const first: Stages[] = [];
  const again: Stages[] = [];
  const sealedFirst: Stages[] = [];
  const sealedAgain: Stages[] = [];
  const rooms = [[first, again], [sealedFirst, sealedAgain]] as const;
  for (let round = 0; round < 5; round++) {
    for (const [index, link] of links.entries()) {
      await using guest = await openPeer(chromium, `${server.url}/healthz`);
      await guest.page.evaluateOnNewDocument(watchStages);
      for (const visits of rooms[index] ?? []) {
        await guest.page.goto(link("Guest"));
        visits.push(await stagesOf(guest));
        await guest.page.goto(`${server.url}/healthz`);
      }
    }
  }
  const row = (what: string, of: keyof Stages): Row => ({
    what: `opening a link until ${what}`,
    figures: {
      "first visit": median(first.map((it) => it[of])),
      "again": median(again.map((it) => it[of])),
      "first visit, sealed": median(sealedFirst.map((it) => it[of])),
      "again, sealed": median(sealedAgain.map((it) => it[of])),
    },
    unit: "ms",
  });
  return [
    row("the page acts", "alive"),
    row("one is in the room", "joined"),
    row("the first picture of another", "pictured"),
    {
      what: "what is loaded for it",
      figures: {
        "first visit": first[0]?.bytes ?? NaN,
        "again": again[0]?.bytes ?? NaN,
        "first visit, sealed": sealedFirst[0]?.bytes ?? NaN,
        "again, sealed": sealedAgain[0]?.bytes ?? NaN,
      },
      unit: "bytes",
    },
  ];
}

interface Stages {
  readonly alive: number;
  readonly joined: number;
  readonly pictured: number;
  readonly bytes: number;
}

/** Runs in the page before its scripts: notes when each stage is reached. */
function watchStages(): void {
  const stages: Record<string, number> = {};
  Reflect.set(globalThis, "stages", stages);
  document.addEventListener("fresh-alive", () => stages.alive ??= performance.now());
  const look = () => {
    if (document.querySelector("[data-self]") !== null) stages.joined ??= performance.now();
    const tiles = [...document.querySelectorAll<HTMLVideoElement>("[data-peer-id] > video")];
    if (tiles.some(({ videoWidth, currentTime }) => videoWidth > 0 && currentTime > 0)) {
      stages.pictured ??= performance.now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function stagesOf({ page }: Peer): Promise<Stages> {
  await page.waitForFunction(() => Reflect.get(globalThis, "stages").pictured > 0, {
    timeout: 30_000,
  });
  return await page.evaluate(() => {
    const bytes = performance.getEntriesByType("resource").concat(
      performance.getEntriesByType("navigation"),
    )
      .reduce((sum, entry) => sum + Number(Reflect.get(entry, "transferSize") ?? 0), 0);
    return { ...Reflect.get(globalThis, "stages"), bytes };
  });
}
