/** Text and files with pages of the SkyRTC dialect; their code comes with the first such peer, and misses nothing. */
import type { PeerId } from "../../protocol/mod.ts";
import type { RoomEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import { lateImport } from "../late_import.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";
import type { SkyrtcParts, SkyrtcTalk } from "../skyrtc/skyrtc_talk.ts";

/** Stands in for SkyrtcTalk until it is there. */
export class LateSkyrtc {
  readonly #parts: SkyrtcParts;
  #talk: SkyrtcTalk | undefined;
  /** What it is to be told; undefined: nobody needs it yet. */
  #missed: ((talk: SkyrtcTalk) => void)[] | undefined;

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** See SkyrtcTalk. */
  follow(event: RoomEvent): void {
    if (event.type === "peer-joined" && event.peer.dialect === "skyrtc") this.#load();
    this.#tell((talk) => talk.follow(event));
  }

  /** See SkyrtcTalk. */
  take(peerId: PeerId, foreign: ForeignChannel): void {
    this.#tell((talk) => talk.take(peerId, foreign));
  }

  /** See SkyrtcTalk. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#talk?.openFile(peerId);
  }

  #tell(tell: (talk: SkyrtcTalk) => void): void {
    if (this.#talk === undefined) this.#missed?.push(tell);
    else tell(this.#talk);
  }

  #load(): void {
    if (this.#missed !== undefined) return;
    this.#missed = [];
    void lateImport(() => import("../skyrtc/skyrtc_talk.ts")).then(({ SkyrtcTalk }) => {
      const talk = this.#talk = new SkyrtcTalk(this.#parts);
      this.#missed?.forEach((tell) => tell(talk));
    });
  }
}
