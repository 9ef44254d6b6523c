/** Tells the relay who is a member, by observing the joins and leaves of all rooms. */
import type { PeerId } from "../../protocol/mod.ts";
import type { HubObserver, Outgoing } from "../../signaling/mod.ts";

/** Whose credentials count. */
interface Admissions {
  admit(peerId: PeerId): void;
  revoke(peerId: PeerId): void;
}

/**
 * Admits a peer when it joins, which is before its welcome with the credentials, and revokes it
 * when it is a member of no room. A peer whose socket is lost is a member until it has left.
 */
export class TurnMembers implements HubObserver {
  readonly #admissions: Admissions;
  readonly #isStopping: () => boolean;
  /** Old tokens can bring one peer into two rooms. */
  readonly #rooms = new Map<PeerId, Set<string>>();

  /** `isStopping`: memberships end with the process, but people are relayed as long as it runs. */
  constructor(admissions: Admissions, isStopping: () => boolean) {
    this.#admissions = admissions;
    this.#isStopping = isStopping;
  }

  published(room: string, message: Outgoing): void {
    if (message.type === "peer-joined") this.#join(message.peer.peerId, room);
    else if (message.type === "peer-left") this.#leave(message.peerId, room);
  }

  received(): void {}
  sent(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}
  opened(): void {}
  emptied(): void {}

  #join(peerId: PeerId, room: string): void {
    const rooms = this.#rooms.get(peerId) ?? new Set();
    this.#rooms.set(peerId, rooms.add(room));
    this.#admissions.admit(peerId);
  }

  #leave(peerId: PeerId, room: string): void {
    const rooms = this.#rooms.get(peerId);
    rooms?.delete(room);
    if (rooms === undefined || rooms.size > 0 || this.#isStopping()) return;
    this.#rooms.delete(peerId);
    this.#admissions.revoke(peerId);
  }
}
