/**
 * Text and files with pages of the SkyRTC dialect. Their code is loaded with the first such peer,
 * and misses nothing.
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
  /** What it has to catch up with; undefined: no such peer was here yet. */
  #missed: ((peers: SkyrtcPeers) => void)[] | undefined;

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** See SkyrtcPeers. */
  follow(event: RoomEvent | RosterEvent | ChatEvent): void {
    if (event.type === "peer-joined" && event.peer.dialect === "skyrtc") this.#load();
    this.#run((peers) => peers.follow(event));
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
    if (this.#peers === undefined) this.#missed?.push(work);
    else work(this.#peers);
  }

  #load(): void {
    if (this.#missed !== undefined) return;
    this.#missed = [];
    void lateImport(() => import("../skyrtc/skyrtc_peers.ts")).then(({ SkyrtcPeers }) => {
      const peers = this.#peers = new SkyrtcPeers(this.#parts);
      this.#missed?.forEach((work) => work(peers));
    });
  }
}
