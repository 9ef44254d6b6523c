/** Tells the relay who is a member, by observing the joins and leaves of all rooms. */
import type { PeerId } from "../../protocol/mod.ts";
import { type HubObserver, type Outgoing, relayUser } from "../../signaling/mod.ts";

/** Whose credentials count; a name is a peer id, or what `relayUser` makes of one. */
interface Admissions {
  admit(name: PeerId): void;
  revoke(name: PeerId): void;
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
    if (message.type === "peer-joined") {
      const { peerId, sealed } = message.peer;
      this.#join(sealed === undefined ? peerId : relayUser(room, peerId), room);
    } else if (message.type === "peer-left") {
      const { peerId } = message;
      // At most one of them has joined this room.
      this.#leave(peerId, room);
      this.#leave(relayUser(room, peerId), room);
    }
  }

  received(): void {}
  sent(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}
  opened(): void {}
  emptied(): void {}

  #join(name: PeerId, room: string): void {
    const rooms = this.#rooms.get(name) ?? new Set();
    this.#rooms.set(name, rooms.add(room));
    this.#admissions.admit(name);
  }

  #leave(name: PeerId, room: string): void {
    const rooms = this.#rooms.get(name);
    rooms?.delete(room);
    if (rooms === undefined || rooms.size > 0 || this.#isStopping()) return;
    this.#rooms.delete(name);
    this.#admissions.revoke(name);
  }
}
