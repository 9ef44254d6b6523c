/** Tells the relay who is a member, by observing the joins and leaves of all rooms. */
import type { Peer, PeerId } from "../../protocol/mod.ts";
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
      this.#join(nameOf(message.peer, room), room);
    } else if (message.type === "peer-left") {
      const { peerId } = message;
      // At most one of them has joined this room.
      this.#leave(peerId, room);
      this.#leave(relayUser(room, peerId), room);
    }
  }

  restored(room: string, peers: readonly Peer[]): void {
    for (const peer of peers) this.#join(nameOf(peer, room), room);
  }

  /** Its members are relayed on, because another node cannot see who uses this relay. */
  handedOn(room: string): void {
    for (const [name, rooms] of this.#rooms) {
      rooms.delete(room);
      if (rooms.size === 0) this.#rooms.delete(name);
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

/** The name in the credentials of a peer. */
function nameOf({ peerId, sealed }: Peer, room: string): string {
  return sealed === undefined ? peerId : relayUser(room, peerId);
}
