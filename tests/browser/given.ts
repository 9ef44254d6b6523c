// What one person gets of another in a call, measured where it arrives; and a call of two to
// measure it in.

import { assertEquals, assertLess } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  startServer,
  type TileMedia,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

/** Energy below this is silence; a voice of the fake microphone has a thousand times as much. */
const silence = 1e-6;

/** How the others have somebody. */
export interface Given {
  readonly camera: boolean;
  readonly microphone: boolean;
}

/** Some of what there is. */
export const muted: Given = { camera: true, microphone: false };
export const dark: Given = { camera: false, microphone: true };
export const writes: Given = { camera: false, microphone: false };
export const live: Given = { camera: true, microphone: true };

/** What a page says to a person who is back so. */
export const words = new Map<Given, string>([
  [muted, "You are muted, as before"],
  [dark, "Your camera is off, as before"],
  [writes, "You are muted and your camera is off, as before"],
  [live, "Others can hear and see you, as before"],
]);

/** What the tile of that name says of microphone and camera. */
export function marks({ page }: Peer, name: string): Promise<Given | undefined> {
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

/**
 * What the person's page sends: every live track of its senders, by whether it carries anything.
 * `ufrags`: of the connections that it sends over.
 */
function sent(
  { page }: Peer,
): Promise<{ audio: boolean[]; video: boolean[]; ufrags: string[] }> {
  return page.evaluate(() => {
    const connected = (globalThis.__rtc ?? [])
      .filter(({ connection }) => connection.connectionState === "connected");
    const tracks = connected
      .flatMap(({ connection }) => connection.getSenders())
      .flatMap(({ track }) => track === null || track.readyState === "ended" ? [] : [track]);
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return {
      audio: of("audio").map(({ enabled }) => enabled),
      video: of("video").map(({ enabled }) => enabled),
      ufrags: connected.map(({ connection }) => {
        const { sdp = "" } = connection.currentLocalDescription ?? {};
        return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? "";
      }),
    };
  });
}

/**
 * Waits until `listener` has `person` so, and makes sure that nothing else came since the
 * connection began.
 */
export async function expectGiven(
  listener: Peer,
  { person, name, given }: { person: Peer; name: string; given: Given },
): Promise<void> {
  await waitForValue(() => marks(listener, name), given, { what: `${name} to be there as before` });
  const media = await waitFor(async () => {
    const media = await mediaOf(listener, name);
    const sending = await sent(person);
    // The tile may still show the connection of the page that the person has left.
    const isTheirs = media !== undefined && media.remoteUfrags.length > 0 &&
      media.remoteUfrags.every((ufrag) => sending.ufrags.includes(ufrag));
    // A muted microphone goes on sending packets of silence.
    const isWhole = isTheirs && media.link === "connected" &&
      (!given.microphone || media.audioEnergy >= silence * 1000) &&
      (sending.audio.length === 0 || media.audioPackets >= 10) &&
      (!given.camera || media.framesDecoded >= 5);
    // Thrown, so that a failure shows what was there.
    if (!isWhole) throw new Error(JSON.stringify({ media, sending }));
    return media;
  }, { what: `what ${name} sends` });
  if (!given.microphone) assertLess(media.audioEnergy, silence, "not heard for a moment");
  if (!given.camera) assertEquals(media.framesDecoded, 0, "not seen for a moment");
  const { audio, video } = await sent(person);
  assertEquals(audio.includes(true), given.microphone);
  assertEquals(video.includes(true), given.camera);
}

/** By the keys of the bar. */
export async function becomes({ page }: Peer, { camera, microphone }: Given): Promise<void> {
  const keys = [
    microphone ? ["Mute", "Unmute"] : ["Unmute", "Mute"],
    camera ? ["Stop video", "Start video"] : ["Start video", "Stop video"],
  ];
  for (const [wanted, other] of keys) {
    const key = (name = "") => page.$(`.bar .bar-key[aria-label="${name}"]`);
    await waitFor(async () => await key(wanted) ?? await key(other), { what: "the bar" });
    const press = await key(other);
    await press?.evaluate((key) => key instanceof HTMLElement && key.click());
    await waitFor(() => key(wanted), { what: `the key ${wanted}` });
  }
}

/** Ann, who goes and comes back, and Bob, who only writes. */
export async function callOfTwo(
  stack: AsyncDisposableStack,
  { link = {}, browser = launchChromium, prepare }: {
    link?: { camera?: boolean; microphone?: boolean };
    browser?: () => Promise<LaunchedBrowser>;
    prepare?: () => void;
  } = {},
) {
  const server = stack.use(await startServer({ args: ["--allow-origin", "*"] }));
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
