/**
 * Text and files with SkyRTC pages. The code is loaded with the first such peer; what happens
 * meanwhile is kept for it.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { ChatEvent, RoomEvent, RosterEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import { lateImport } from "../late_import.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";
import type { SkyrtcParts, SkyrtcPeers } from "../skyrtc/skyrtc_peers.ts";

/** Stands in for SkyrtcPeers until it is loaded. */
export class LateSkyrtc {
  readonly #parts: SkyrtcParts;
  #peers: SkyrtcPeers | undefined;
  /** Calls that wait for the code; undefined before the first such peer. */
  #pending: ((peers: SkyrtcPeers) => void)[] | undefined;

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** See SkyrtcPeers. */
  handle(event: RoomEvent | RosterEvent | ChatEvent): void {
    if (event.type === "peer-joined" && event.peer.dialect === "skyrtc") this.#load();
    this.#run((peers) => peers.handle(event));
  }

  /** See SkyrtcPeers. */
  add(peerId: PeerId, foreign: ForeignChannel): void {
    this.#run((peers) => peers.add(peerId, foreign));
  }

  /** See SkyrtcPeers. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#peers?.openFile(peerId);
  }

  #run(work: (peers: SkyrtcPeers) => void): void {
    if (this.#peers === undefined) this.#pending?.push(work);
    else work(this.#peers);
  }

  #load(): void {
    if (this.#pending !== undefined) return;
    this.#pending = [];
    void lateImport(() => import("../skyrtc/skyrtc_peers.ts")).then(({ SkyrtcPeers }) => {
      const peers = this.#peers = new SkyrtcPeers(this.#parts);
      this.#pending?.forEach((work) => work(peers));
    });
  }
}
