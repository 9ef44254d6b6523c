/** Tells the relay who is a member, by observing the joins and leaves of all rooms. */
import type { Peer, PeerId } from "../../protocol/mod.ts";
import { type HubObserver, type Outgoing, relayUser } from "../../signaling/mod.ts";

/** Whose credentials count; a name is a peer id, or what `relayUser` makes of one. */
interface Admissions {
  admit(name: PeerId): void;
  revoke(name: PeerId): void;
}

interface MemberParts {
  /** Memberships end with the process, but people are relayed as long as it runs. */
  readonly isStopping: () => boolean;
  /** Runs work once the credentials of now are no longer valid. */
  readonly later: (work: () => void) => void;
}

/**
 * Admits a peer when it joins, which is before its welcome with the credentials, and revokes it
 * when it is a member of no room. A peer whose socket is lost is a member until it has left.
 */
export class TurnMembers implements HubObserver {
  readonly #admissions: Admissions;
  readonly #parts: MemberParts;
  /** Old tokens can bring one peer into two rooms. */
  readonly #rooms = new Map<PeerId, Set<string>>();

  constructor(admissions: Admissions, parts: MemberParts) {
    this.#admissions = admissions;
    this.#parts = parts;
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

  /** Its members are relayed on until another node has sent them credentials for its own relay. */
  handedOn(room: string, peers: readonly Peer[]): void {
    for (const peer of peers) {
      const name = nameOf(peer, room);
      const rooms = this.#rooms.get(name);
      rooms?.delete(room);
      if (rooms?.size !== 0) continue;
      this.#rooms.delete(name);
      this.#parts.later(() => {
        if (!this.#rooms.has(name)) this.#admissions.revoke(name);
      });
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
    if (rooms === undefined || rooms.size > 0 || this.#parts.isStopping()) return;
    this.#rooms.delete(name);
    this.#admissions.revoke(name);
  }
}

/** The name in the credentials of a peer. */
function nameOf({ peerId, sealed }: Peer, room: string): string {
  return sealed === undefined ? peerId : relayUser(room, peerId);
}
