// What must not change while something else breaks: a page's connections, tiles and texts.

import type { Peer } from "./peer.ts";
import type { TileMedia } from "./rtc_probe.ts";
import { usualMs, waitFor, waitForValue } from "./wait_for.ts";

/** Everything about a call that an outage of the server may not touch. */
export interface CallShape {
  /** Each remote tile; `element` and `video` are numbers that identify the DOM nodes. */
  tiles: { peerId: string; link: string; element: number; video: number }[];
  /** Per connection ever made: its state changes, and the negotiating calls on it. */
  connections: { changes: string[]; calls: string[] }[];
}

/** What the page's call is made of; the first look numbers the tiles. */
export function callShape(peer: Peer): Promise<CallShape> {
  return peer.page.evaluate(() => {
    const numberOf = (node: Element | null): number => {
      if (node === null) return -1;
      const known: unknown = Reflect.get(node, "rigNumber");
      if (typeof known === "number") return known;
      const number = Math.random();
      Reflect.set(node, "rigNumber", number);
      return number;
    };
    return {
      tiles: [...document.querySelectorAll("[data-peer-id]")].map((tile) => ({
        peerId: tile.getAttribute("data-peer-id") ?? "",
        link: tile.getAttribute("data-link") ?? "",
        element: numberOf(tile),
        video: numberOf(tile.querySelector("video")),
      })),
      connections: (globalThis.__rtc ?? []).map(({ log, calls }) => ({
        changes: log.map(({ kind, state }) => `${kind} ${state}`),
        calls: [...calls],
      })),
    };
  });
}

/** One living connection of a page, and the way it takes. */
export interface LinkWay {
  state: string;
  /** Of this side's certificate, then of the other's. */
  fingerprints: string[];
  /** The ICE user name fragment of this side: another one after each restart. */
  ufrag: string;
  /** That of an offer without an answer; "" if there is none. */
  offeredUfrag: string;
  /** Type of the selected local candidate: host, srflx, prflx or relay. */
  type: string;
  /** How a relayed one talks to its relay; "" for a direct one. */
  relayProtocol: string;
  /** The fragment the selected local candidate was gathered for. */
  selectedUfrag: string;
  address: string;
  /** User names of the relays' credentials in its configuration. */
  usernames: string[];
}

/** The ways of all connections of the page that are not closed. */
export function linkWays(peer: Peer): Promise<LinkWay[]> {
  return peer.page.evaluate(async () => {
    const find = (sdp: string | undefined, name: string) =>
      new RegExp(`^a=${name}:(.*?)\\s*$`, "m").exec(sdp ?? "")?.[1] ?? "";
    const open = (globalThis.__rtc ?? []).filter(({ connection }) =>
      connection.signalingState !== "closed"
    );
    return await Promise.all(open.map(async ({ connection }) => {
      const { currentLocalDescription: own, currentRemoteDescription: other } = connection;
      const reports = await connection.getStats();
      const transport = [...reports.values()].find(({ type }) => type === "transport");
      const pair = reports.get(transport?.selectedCandidatePairId);
      const local = reports.get(pair?.localCandidateId);
      return {
        state: connection.connectionState,
        fingerprints: [own, other].map((each) => find(each?.sdp, "fingerprint")),
        ufrag: find(own?.sdp, "ice-ufrag"),
        offeredUfrag: find(connection.pendingLocalDescription?.sdp, "ice-ufrag"),
        type: local?.candidateType ?? "",
        relayProtocol: local?.relayProtocol ?? "",
        selectedUfrag: local?.usernameFragment ?? "",
        address: local?.address ?? "",
        usernames: (connection.getConfiguration().iceServers ?? [])
          .map(({ username }) => username ?? ""),
      };
    }));
  });
}

/** Whether the page shows these words. */
export function shows(peer: Peer, words: string): Promise<boolean> {
  return peer.page.evaluate((words) => document.body.innerText.includes(words), words);
}

/** Waits until each page shows, or no longer shows, that it is reconnecting to the server. */
export async function waitForOutage(
  peers: Peer[],
  { said, timeout = usualMs }: { said: boolean; timeout?: number },
): Promise<void> {
  const what = `the page ${said ? "to show" : "to hide"} that it is reconnecting`;
  const words = "Reconnecting… your call goes on";
  await Promise.all(
    peers.map((peer) => waitForValue(() => shows(peer, words), said, { what, timeout, every: 50 })),
  );
}

/** Waits until all tiles of all pages decode new frames; returns the ms until the last one did. */
export async function waitForMedia(peers: Peer[], timeout = usualMs): Promise<number> {
  const started = performance.now();
  await Promise.all(peers.map(async (peer, index) => {
    const before = await peer.media();
    const what = `every picture at person ${index + 1} to move on`;
    await waitFor(async () => movedOn(before, await peer.media()), { what, timeout });
  }));
  return performance.now() - started;
}

/** Two more frames: one may have waited in the decoder. */
function movedOn(before: TileMedia[], now: TileMedia[]): boolean {
  const framesOf = (peerId: string) => now.find((tile) => tile.peerId === peerId)?.framesDecoded;
  return before.every((tile) => {
    const frames = framesOf(tile.peerId) ?? 0;
    // Chromium's first rollback on the side that answered makes new decoders, which count from 0.
    const since = frames < tile.framesDecoded ? 0 : tile.framesDecoded;
    return frames > since + 1;
  });
}

/** Lets a fault last: the time itself is the test's subject, nothing is waited for. */
export function lasting(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
