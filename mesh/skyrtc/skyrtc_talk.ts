/**
 * Text and files with all pages of the SkyRTC dialect in a room. Loaded when the first of them is there. Invariants:
 * 1 An own public line goes to each of them once, when the server has confirmed it: what the server refuses is not said.
 * 2 Nothing outlives the peer or the visit.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Environment } from "../environment.ts";
import type { RoomEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import type { RoomOwners } from "../signaling/room_owners.ts";
import type { ForeignChannel } from "./foreign_channel.ts";
import { SkyrtcLine } from "./skyrtc_line.ts";

/** The part of a session it needs. */
export interface SkyrtcParts {
  readonly environment: Pick<Environment, "clock" | "randomId">;
  readonly owners: Pick<RoomOwners, "allows">;
  readonly emit: (event: RoomEvent) => void;
}

/** Before a changed line, since such a page can only show a new one; as people write in chats without changes. */
const correction = "* ";

/** The lines to them. */
export class SkyrtcTalk {
  readonly #parts: SkyrtcParts;
  readonly #lines = new Map<PeerId, SkyrtcLine>();
  /** Own lines by their refs, as the room knows them, so that a change of one is said too. */
  readonly #said = new Set<string>();

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** Something happened in the room. */
  follow(event: RoomEvent): void {
    switch (event.type) {
      case "peer-joined":
        if (event.peer.dialect === "skyrtc") this.#lineTo(event.peer.peerId);
        return;
      case "peer-left":
        this.#lines.get(event.peer.peerId)?.lose();
        this.#lines.delete(event.peer.peerId);
        return;
      case "chat": {
        const { line: { ref, from, to, text }, own, recent } = event;
        if (recent || to !== undefined || text === null) return;
        if (!own) return this.#lines.get(from)?.readsServer();
        this.#said.add(ref);
        return this.#say(text);
      }
      case "chat-changed": {
        const { ref, text } = event.line;
        if (this.#said.has(ref) && text !== null) this.#say(correction + text);
        return;
      }
      case "state":
        if (event.state.kind !== "left") return;
        for (const line of this.#lines.values()) line.lose();
        this.#lines.clear();
        this.#said.clear();
    }
  }

  /** A data channel with one of them. */
  take(peerId: PeerId, foreign: ForeignChannel): void {
    this.#lineTo(peerId).add(foreign);
  }

  /** A way for one file; undefined for a peer that is not there or speaks another dialect. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#lines.get(peerId)?.openFile();
  }

  #say(text: string): void {
    for (const line of this.#lines.values()) line.say(text);
  }

  #lineTo(peerId: PeerId): SkyrtcLine {
    const known = this.#lines.get(peerId);
    if (known !== undefined) return known;
    const { environment: { clock, randomId }, owners, emit } = this.#parts;
    const line = new SkyrtcLine({
      peerId,
      clock,
      randomId,
      allows: (deed) => owners.allows(peerId, deed),
      text: (text) => emit({ type: "peer-text", peerId, text, at: clock.date() }),
      offered: (raw) => emit({ type: "file-channel", peerId, raw }),
    });
    this.#lines.set(peerId, line);
    return line;
  }
}
