/**
 * Text and files with pages of the SkyRTC dialect. Their code is loaded with the first such peer,
 * and misses nothing.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { ChatEvent, RoomEvent, RosterEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import { lateImport } from "../late_import.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";
import type { SkyrtcParts, SkyrtcTalk } from "../skyrtc/skyrtc_peers.ts";

/** Stands in for SkyrtcTalk until it is loaded. */
export class LateSkyrtc {
  readonly #parts: SkyrtcParts;
  #talk: SkyrtcTalk | undefined;
  /** What it has to catch up with; undefined: no such peer was here yet. */
  #missed: ((talk: SkyrtcTalk) => void)[] | undefined;

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** See SkyrtcTalk. */
  follow(event: RoomEvent | RosterEvent | ChatEvent): void {
    if (event.type === "peer-joined" && event.peer.dialect === "skyrtc") this.#load();
    this.#run((talk) => talk.follow(event));
  }

  /** See SkyrtcTalk. */
  add(peerId: PeerId, foreign: ForeignChannel): void {
    this.#run((talk) => talk.add(peerId, foreign));
  }

  /** See SkyrtcTalk. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#talk?.openFile(peerId);
  }

  #run(work: (talk: SkyrtcTalk) => void): void {
    if (this.#talk === undefined) this.#missed?.push(work);
    else work(this.#talk);
  }

  #load(): void {
    if (this.#missed !== undefined) return;
    this.#missed = [];
    void lateImport(() => import("../skyrtc/skyrtc_peers.ts")).then(({ SkyrtcTalk }) => {
      const talk = this.#talk = new SkyrtcTalk(this.#parts);
      this.#missed?.forEach((work) => work(talk));
    });
  }
}
