/**
 * Text and files with all pages of the SkyRTC dialect in a room. Loaded with the first of them.
 * Invariants:
 * 1 An own public line goes to each of them once, after the server has confirmed it; a rejected
 *   line is not sent.
 * 2 Nothing outlives the peer or the visit.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Environment } from "../environment.ts";
import type { ChatEvent, LinkEvent, RoomEvent, RosterEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import type { RoomOwners } from "../signaling/room_owners.ts";
import type { ForeignChannel } from "./foreign_channel.ts";
import { SkyrtcPeer } from "./skyrtc_peer.ts";

/** The part of a session it needs. */
export interface SkyrtcParts {
  readonly environment: Pick<Environment, "clock" | "randomId">;
  readonly owners: Pick<RoomOwners, "allows">;
  readonly emit: (event: LinkEvent) => void;
}

/**
 * Marks a changed line, which such a page can only show as a new one; people correct themselves
 * like this.
 */
const correction = "* ";

/** The lines to all of them. */
export class SkyrtcPeers {
  readonly #parts: SkyrtcParts;
  readonly #lines = new Map<PeerId, SkyrtcPeer>();
  /** The refs of own lines that were sent, so that a change of one is sent too. */
  readonly #sent = new Set<string>();

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** Something happened in the room. */
  follow(event: RoomEvent | RosterEvent | ChatEvent): void {
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
        this.#sent.add(ref);
        return this.#send(text);
      }
      case "chat-changed": {
        const { ref, text } = event.line;
        if (this.#sent.has(ref) && text !== null) this.#send(correction + text);
        return;
      }
      case "state":
        if (event.state.kind !== "left") return;
        for (const line of this.#lines.values()) line.lose();
        this.#lines.clear();
        this.#sent.clear();
    }
  }

  /** Adds a data channel with one of them. */
  add(peerId: PeerId, foreign: ForeignChannel): void {
    this.#lineTo(peerId).add(foreign);
  }

  /** A channel for one file; undefined for a peer that is not there or has another dialect. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#lines.get(peerId)?.openFile();
  }

  #send(text: string): void {
    for (const line of this.#lines.values()) line.sendText(text);
  }

  #lineTo(peerId: PeerId): SkyrtcPeer {
    const known = this.#lines.get(peerId);
    if (known !== undefined) return known;
    const { environment: { clock, randomId }, owners, emit } = this.#parts;
    const line = new SkyrtcPeer({
      peerId,
      clock,
      randomId,
      allows: (deed) => owners.allows(peerId, deed),
      emit,
    });
    this.#lines.set(peerId, line);
    return line;
  }
}
