// Every way back into a room: the others hear and see as much as the moment before, never for a moment more, and the
// page says so. Measured at the other person.

import { assert, assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  duplicateTab,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  type RunningServer,
  shows,
  startRestartable,
  startServer,
  type TileMedia,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

/** Energy below this is silence; a voice of the fake microphone has a thousand times as much. */
const silence = 1e-6;

/** How the others have somebody. */
interface Given {
  readonly camera: boolean;
  readonly microphone: boolean;
}

const muted: Given = { camera: true, microphone: false };
const dark: Given = { camera: false, microphone: true };
const writes: Given = { camera: false, microphone: false };
const live: Given = { camera: true, microphone: true };

const words = new Map<Given, string>([
  [muted, "You are muted, as before"],
  [dark, "Your camera is off, as before"],
  [writes, "You are muted and your camera is off, as before"],
  [live, "You are heard and seen, as before"],
]);

/** What the tile of that name says of microphone and camera. */
function marks({ page }: Peer, name: string): Promise<Given | undefined> {
  return page.evaluate((name) => {
    const plate = document.querySelector(`[data-peer-id][aria-label="${name}"] .tile-plate`);
    const text = plate?.textContent;
    if (text === undefined || text === null) return undefined;
    return { camera: !text.includes("camera off"), microphone: !text.includes("muted") };
  }, name);
}

async function mediaOf(peer: Peer, name: string): Promise<TileMedia | undefined> {
  const id = await peer.page.evaluate(
    (name) =>
      document.querySelector(`[data-peer-id][aria-label="${name}"]`)?.getAttribute("data-peer-id"),
    name,
  );
  return (await peer.media()).find(({ peerId }) => peerId === id);
}

/** What the person's page sends: every live track of its senders, by whether it carries anything. */
function sent({ page }: Peer): Promise<{ audio: boolean[]; video: boolean[] }> {
  return page.evaluate(() => {
    const tracks = (globalThis.__rtc ?? [])
      .filter(({ connection }) => connection.connectionState === "connected")
      .flatMap(({ connection }) => connection.getSenders())
      .flatMap(({ track }) => track === null || track.readyState === "ended" ? [] : [track]);
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return {
      audio: of("audio").map(({ enabled }) => enabled),
      video: of("video").map(({ enabled }) => enabled),
    };
  });
}

/** Waits until `listener` has `person` so, and makes sure that nothing else came since the connection began. */
async function expectGiven(
  listener: Peer,
  { person, name, given }: { person: Peer; name: string; given: Given },
): Promise<void> {
  await waitForValue(() => marks(listener, name), given, { what: `${name} to be there as before` });
  const media = await waitFor(async () => {
    const media = await mediaOf(listener, name);
    if (media?.link !== "connected") return undefined;
    if (given.microphone && media.audioEnergy < silence * 1000) return undefined;
    // A muted microphone goes on sending packets of silence.
    if (given !== writes && media.audioPackets < 10) return undefined;
    return given.camera && media.framesDecoded < 5 ? undefined : media;
  }, { what: `what ${name} sends` });
  if (!given.microphone) assertLess(media.audioEnergy, silence, "not heard for a moment");
  if (!given.camera) assertEquals(media.framesDecoded, 0, "not seen for a moment");
  const { audio, video } = await sent(person);
  assertEquals(audio.includes(true), given.microphone);
  assertEquals(video.includes(true), given.camera);
}

async function becomes(person: Peer, given: Given): Promise<void> {
  const has = (name: string) => person.page.$(`.bar [aria-label="${name}"]`).then(Boolean);
  await waitFor(() => has("Leave"), { what: "the bar" });
  const [on, off] = given.microphone ? ["Mute", "Unmute"] : ["Unmute", "Mute"];
  if (await has(off)) await person.press(off);
  await waitFor(() => has(on), { what: on });
  const [camera, other] = given.camera
    ? ["Stop video", "Start video"]
    : ["Start video", "Stop video"];
  if (await has(other)) await person.press(other);
  await waitFor(() => has(camera), { what: camera });
}

/** Ann, who goes and comes back, and Bob, who only writes. */
async function callOfTwo(
  stack: AsyncDisposableStack,
  { link = {}, browser = launchChromium, prepare }: {
    link?: { camera?: boolean; microphone?: boolean };
    browser?: () => Promise<LaunchedBrowser>;
    prepare?: () => void;
  } = {},
) {
  const server = stack.use(await startServer());
  const chromium = stack.use(await browser());
  const room = "tea";
  const bob = stack.use(
    await joinByLink(chromium, { server, room, name: "Bob", camera: false, microphone: false }),
  );
  const ann = stack.use(await openPeer(chromium, `${server.url}/away.html`));
  if (prepare !== undefined) await ann.page.evaluateOnNewDocument(prepare);
  const off = Object.entries(link).flatMap(([device, on]) => on ? [] : [[device, "0"]]);
  await ann.page.goto(
    server.room(room, { name: "Ann", join: "1", ...Object.fromEntries(off) }),
  );
  await waitForTiles([ann, bob], 1);
  return { server, chromium, ann, bob, room };
}

async function leaveAndRejoin(ann: Peer): Promise<void> {
  await ann.press("Leave");
  await ann.press("Rejoin");
}

async function crash({ page }: Peer): Promise<void> {
  const url = page.url();
  const died = new Promise((resolve) => page.once("error", resolve));
  const session = await page.createCDPSession();
  session.send("Page.crash").catch(() => {});
  await died;
  await page.goto(url);
}

/** To the page before and back; a page that the browser kept says that one has left, and one comes in from there. */
async function goAndComeBack(ann: Peer, server: RunningServer): Promise<void> {
  await ann.page.goto(`${server.url}/`);
  await ann.page.goBack();
  const isThere = (selector: string) => ann.page.$(selector).then(Boolean);
  await waitFor(async () => await isThere("[data-self]") || await shows(ann, "You left"), {
    what: "the room's page",
  });
  if (!await isThere("[data-self]")) await ann.press("Rejoin");
}

const ways: [way: string, come: (ann: Peer, server: RunningServer) => Promise<unknown>][] = [
  ["leaves and rejoins", leaveAndRejoin],
  ["loads the page anew", (ann) => ann.page.reload()],
  ["comes back after a crash", crash],
  ["goes to another page and back", goAndComeBack],
  ["opens the link again", (ann) => ann.page.goto(ann.page.url())],
];

for (const [way, come] of ways) {
  Deno.test(`a person who ${way} is as silent and dark as before, and is told so`, async () => {
    await using stack = new AsyncDisposableStack();
    const { server, ann, bob } = await callOfTwo(stack);
    for (const given of [muted, dark, writes, live]) {
      await becomes(ann, given);
      await waitForValue(() => marks(bob, "Ann"), given, { what: "it to arrive" });
      await come(ann, server);
      await expectGiven(bob, { person: ann, name: "Ann", given });
      await waitFor(() => shows(ann, words.get(given) ?? ""), { what: words.get(given) ?? "" });
    }
    assertEquals(await allComplaints([bob]), []);
  });
}
