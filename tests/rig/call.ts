// A call as its members see it: joining by link, and the questions every call test asks.

import type { LaunchedBrowser } from "./browsers.ts";
import { openPeer, openProfilePeer, type Peer } from "./peer.ts";
import type { TileMedia } from "./rtc_probe.ts";
import type { RunningServer } from "./server.ts";
import { usualMs, waitFor, waitForValue } from "./wait_for.ts";

/** A person's name and devices; both devices are on by default. */
export interface Person {
  name: string;
  camera?: boolean;
  microphone?: boolean;
}

/** Opens a link that joins at once, as bots and embedding pages do. */
export async function joinByLink(
  browser: LaunchedBrowser,
  { server, room, name, camera = true, microphone = true, profile = false, more = {} }: Person & {
    server: Pick<RunningServer, "room">;
    room: string;
    /** In the browser's own profile; see openProfilePeer. */
    profile?: boolean;
    /** Parameters of the link besides a person's. */
    more?: Record<string, string>;
  },
): Promise<Peer> {
  const flag = (on: boolean) => on ? "1" : "0";
  const query = { name, join: "1", camera: flag(camera), microphone: flag(microphone), ...more };
  const open = profile ? openProfilePeer : openPeer;
  return await open(browser, server.room(room, query));
}

/** Waits until every one of the N(N−1) pictures is there, decoding, connected, and with sound. */
export async function waitForFullMesh(peers: Peer[], timeout = usualMs): Promise<void> {
  const started = await Promise.all(peers.map((peer, index) =>
    waitFor(async () => {
      const tiles = await peer.media();
      return tiles.length === peers.length - 1 && tiles.every(isWhole) ? tiles : undefined;
    }, { what: `person ${index + 1} to see and hear ${peers.length - 1} others`, timeout })
      .catch(async (error) => {
        throw new Error(`${error.message}\n${JSON.stringify(await peer.media())}`);
      })
  ));
  await Promise.all(peers.map((peer, index) => waitForFrames(peer, started[index] ?? [])));
}

function isWhole(tile: TileMedia): boolean {
  return tile.link === "connected" && tile.videos === 1 && tile.videoWidth > 0 &&
    tile.framesDecoded > 0 && tile.audioPackets > 0;
}

/** Waits until everybody sees all others, over links that are up; of sound it asks nothing. */
export async function waitForPictures(peers: Peer[], timeout = usualMs): Promise<void> {
  await Promise.all(peers.map((peer, index) =>
    waitFor(async () => {
      const tiles = await peer.media();
      return tiles.length === peers.length - 1 &&
        tiles.every(({ link, framesDecoded }) => link === "connected" && framesDecoded > 0);
    }, { what: `person ${index + 1} to see ${peers.length - 1} others`, timeout })
  ));
}

/** Waits until each tile has decoded more frames than it had in `before`. */
export async function waitForFrames(peer: Peer, before: TileMedia[]): Promise<void> {
  await waitFor(async () => {
    const now = await peer.media();
    return before.every(({ peerId, framesDecoded }) =>
      (now.find((tile) => tile.peerId === peerId)?.framesDecoded ?? 0) > framesDecoded
    );
  }, { what: "decoded frames to go on increasing" });
}

/** Waits until each of `peers` shows exactly so many remote tiles. */
export async function waitForTiles(peers: Peer[], count: number): Promise<void> {
  await Promise.all(
    peers.map((peer, index) =>
      waitForValue(async () => (await peer.media()).length, count, {
        what: `${count} tiles at person ${index + 1}`,
      })
    ),
  );
}

/** Waits until everybody can write: the chat comes just after the pictures. */
export async function waitForChat(peers: Peer[]): Promise<void> {
  await Promise.all(
    peers.map((peer) =>
      waitFor(() => peer.page.evaluate(() => document.querySelector("textarea") !== null), {
        what: "the message box",
      })
    ),
  );
}

/** Lines that start with "line " in the chat log, in their order. */
export async function chatLines(peer: Peer): Promise<string[]> {
  return (await peer.chat()).match(/line [\w-]+/g) ?? [];
}

/** Waits until everybody has so many lines, then returns each one's list. */
export async function waitForLines(peers: Peer[], count: number): Promise<string[][]> {
  return await Promise.all(peers.map((peer, index) =>
    waitFor(async () => {
      const lines = await chatLines(peer);
      return lines.length >= count ? lines : undefined;
    }, { what: `${count} chat lines at person ${index + 1}` })
  ));
}

/**
 * Everything the pages did that they should not have, STUN and TURN servers of strangers included.
 */
export async function allComplaints(peers: Peer[]): Promise<string[]> {
  const found = await Promise.all(peers.map(async (peer) => {
    const servers = await peer.page.evaluate(() =>
      (globalThis.__rtc ?? []).flatMap(({ connection }) =>
        connection.getConfiguration().iceServers ?? []
      )
        .flatMap(({ urls }) => [urls].flat())
        .filter((url) => /:(\[.*\]|[^:?]*)/.exec(url)?.[1] !== location.hostname)
    );
    const complaints = peer.complaints.map(({ kind, text }) => `${kind}: ${text}`);
    return [...complaints, ...servers.map((url) => `ice server: ${url}`)];
  }));
  return found.flat();
}
