/**
 * Text and files with all SkyRTC pages in a room. Loaded with the first of them. Invariants:
 * 1 An own public line is sent to each page once, after the server has confirmed it; a rejected
 *   line is not sent.
 * 2 Nothing is kept for a peer that has left, or after the visit.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Environment } from "../environment.ts";
import type { ChatEvent, LinkEvent, RoomEvent, RosterEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import type { RoomOwners } from "../signaling/room_owners.ts";
import type { ForeignChannel } from "./foreign_channel.ts";
import { SkyrtcPeer } from "./skyrtc_peer.ts";

/** The parts of a session that it needs. */
export interface SkyrtcParts {
  readonly environment: Pick<Environment, "clock" | "randomId">;
  readonly owners: Pick<RoomOwners, "allows">;
  readonly emit: (event: LinkEvent) => void;
}

/** Marks the new text of a changed line, which a SkyRTC page shows as a new line. */
const correction = "* ";

/** All SkyRTC pages in the room. */
export class SkyrtcPeers {
  readonly #parts: SkyrtcParts;
  readonly #peers = new Map<PeerId, SkyrtcPeer>();
  /** The refs of own lines that were sent, so that a change of one is sent too. */
  readonly #sent = new Set<string>();

  constructor(parts: SkyrtcParts) {
    this.#parts = parts;
  }

  /** Handles an event of the room. */
  handle(event: RoomEvent | RosterEvent | ChatEvent): void {
    switch (event.type) {
      case "peer-joined":
        if (event.peer.dialect === "skyrtc") this.#peer(event.peer.peerId);
        return;
      case "peer-left":
        this.#peers.get(event.peer.peerId)?.lose();
        this.#peers.delete(event.peer.peerId);
        return;
      case "chat": {
        const { line: { ref, from, to, text }, own, recent } = event;
        if (recent || to !== undefined || text === null) return;
        if (!own) return this.#peers.get(from)?.readsServer();
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
        for (const peer of this.#peers.values()) peer.lose();
        this.#peers.clear();
        this.#sent.clear();
    }
  }

  /** Adds a data channel with one peer. */
  add(peerId: PeerId, foreign: ForeignChannel): void {
    this.#peer(peerId).add(foreign);
  }

  /** Opens a channel for one file; undefined if there is no such peer, or it is no SkyRTC page. */
  openFile(peerId: PeerId): FileChannel | undefined {
    return this.#peers.get(peerId)?.openFile();
  }

  #send(text: string): void {
    for (const peer of this.#peers.values()) peer.sendText(text);
  }

  #peer(peerId: PeerId): SkyrtcPeer {
    const known = this.#peers.get(peerId);
    if (known !== undefined) return known;
    const { environment: { clock, randomId }, owners, emit } = this.#parts;
    const peer = new SkyrtcPeer({
      peerId,
      clock,
      randomId,
      allows: (deed) => owners.allows(peerId, deed),
      emit,
    });
    this.#peers.set(peerId, peer);
    return peer;
  }
}
