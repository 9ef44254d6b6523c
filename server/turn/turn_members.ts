/** Tells the relay who is a member: observes welcomes and the ends of memberships. */
import type { PeerId } from "../../protocol/mod.ts";
import type { HubObserver, Outgoing } from "../../signaling/mod.ts";

/** Whose credentials count. */
interface Admissions {
  admit(peerId: PeerId): void;
  revoke(peerId: PeerId): void;
}

/** Admits a peer with its first welcome, and revokes it when it is a member of no room. */
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

  sent(message: Outgoing): void {
    if (message.type !== "welcome") return;
    const { peerId, room } = message;
    const rooms = this.#rooms.get(peerId) ?? new Set();
    this.#rooms.set(peerId, rooms.add(room));
    this.#admissions.admit(peerId);
  }

  published(room: string, message: Outgoing): void {
    if (message.type !== "peer-left" || this.#isStopping()) return;
    const { peerId } = message;
    const rooms = this.#rooms.get(peerId);
    rooms?.delete(room);
    if (rooms === undefined || rooms.size > 0) return;
    this.#rooms.delete(peerId);
    this.#admissions.revoke(peerId);
  }

  received(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}
  opened(): void {}
  emptied(): void {}
}
