// Probes that run in a page before its scripts, and readers of their results. The functions run in
// the browser, so they must not use anything outside their body.

/** One state change of a connection; `at` is `performance.now()` of the page. */
export interface StateChange {
  at: number;
  kind: "connection" | "ice" | "signaling";
  state: string;
}

/** One RTCPeerConnection of the page, in the order of creation. */
export interface Collected {
  connection: RTCPeerConnection;
  log: StateChange[];
  /** Names of the negotiating methods the page called on it, in order. */
  calls: string[];
}

declare global {
  /** Every RTCPeerConnection the page ever made. Only in pages opened by the rig. */
  var __rtc: Collected[] | undefined;
}

/** Wraps RTCPeerConnection so that each one is collected on `globalThis.__rtc` with its states. */
export function collectConnections(): void {
  const Original = globalThis.RTCPeerConnection;
  if (Original === undefined) return;
  const collected: Collected[] = [];
  globalThis.__rtc = collected;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const log: StateChange[] = [];
      collected.push({ connection: this, log, calls: [] });
      const note = (kind: StateChange["kind"], state: string) => {
        log.push({ at: performance.now(), kind, state });
      };
      this.addEventListener("connectionstatechange", () => {
        note("connection", this.connectionState);
      });
      this.addEventListener("iceconnectionstatechange", () => note("ice", this.iceConnectionState));
      this.addEventListener("signalingstatechange", () => note("signaling", this.signalingState));
    }
  };
  const wrapped = globalThis.RTCPeerConnection.prototype;
  for (const name of ["createOffer", "createAnswer", "setLocalDescription"] as const) {
    const original = Original.prototype[name];
    const counting = function (this: RTCPeerConnection, ...given: unknown[]): unknown {
      collected.find(({ connection }) => connection === this)?.calls.push(name);
      return Reflect.apply(original, this, given);
    };
    Object.defineProperty(wrapped, name, { value: counting, writable: true, configurable: true });
  }
}

/** What arrives from one remote peer, as its tile shows it. */
export interface TileMedia {
  peerId: string;
  /** The tile's `data-link`: connecting, connected, reconnecting or failed. */
  link: string;
  /** Number of `<video>` in the tile that belong to the camera; always 1. */
  videos: number;
  videoWidth: number;
  /** Frames decoded so far, summed over the connection; 0 without a connection. */
  framesDecoded: number;
  audioPackets: number;
  /** `totalAudioEnergy` of what was received; 0 is silence. */
  audioEnergy: number;
  /** ICE user fragments (RFC 8839, 5.4) of the far ends of the connections it is measured on. */
  remoteUfrags: string[];
}

/** Reads all remote tiles of the page; runs in the page. */
export async function readTiles(): Promise<TileMedia[]> {
  const readTile = async (tile: Element): Promise<TileMedia> => {
    const found = [...tile.querySelectorAll("video")];
    const media: TileMedia = {
      peerId: tile.getAttribute("data-peer-id") ?? "",
      link: tile.getAttribute("data-link") ?? "",
      videos: found.length,
      videoWidth: found[0]?.videoWidth ?? 0,
      framesDecoded: 0,
      audioPackets: 0,
      audioEnergy: 0,
      remoteUfrags: [],
    };
    const streams = [...tile.querySelectorAll<HTMLMediaElement>("video, audio")]
      .map(({ srcObject }) => srcObject)
      .filter((source) => source instanceof MediaStream);
    const shown = streams.flatMap((stream) => stream.getTracks());
    for (const { connection } of globalThis.__rtc ?? []) {
      if (connection.connectionState === "closed") continue;
      const mine = connection.getReceivers().some(({ track }) => shown.includes(track));
      if (!mine) continue;
      const { sdp = "" } = connection.currentRemoteDescription ?? {};
      media.remoteUfrags.push(/^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? "");
      // Firefox never answers who asks while the connection is closed.
      const late = Promise.withResolvers<RTCStatsReport>();
      const timer = setTimeout(late.resolve, 1_000, new Map());
      const reports = await Promise.race([connection.getStats(), late.promise]);
      // It would be one of the page's own where a test counts those.
      clearTimeout(timer);
      for (const report of reports.values()) {
        if (report.type !== "inbound-rtp") continue;
        if (report.kind === "video") media.framesDecoded += report.framesDecoded ?? 0;
        if (report.kind !== "audio") continue;
        media.audioPackets += report.packetsReceived ?? 0;
        media.audioEnergy += report.totalAudioEnergy ?? 0;
      }
    }
    return media;
  };
  return await Promise.all([...document.querySelectorAll("[data-peer-id]")].map(readTile));
}
