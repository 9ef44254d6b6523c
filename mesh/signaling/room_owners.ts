/**
 * What the room's owners decided, as this end follows it, and what oneself shows at the door. Invariants:
 * 1 The newest key is shown at every join, also after a loss.
 * 2 What the rules forbid a peer is not taken from it, whatever it sends.
 */
import type { Join, OwnershipUpdate, PeerId, Rules } from "../../protocol/mod.ts";
import type { Slot } from "../events.ts";

/** What may open a door. `password` is only said if there is one. */
export type Credentials = Pick<Join, "ownerKey" | "invite" | "password">;

/** Where to, as whom, and what is shown at the door. */
export interface Visit {
  readonly room: string;
  readonly name: string;
  readonly credentials?: Credentials;
}

/** What owners can reserve to themselves. */
export type Deed = "chat" | "screen" | "files";

/** Of one visit. */
export class RoomOwners {
  #credentials: Credentials = {};
  #rules: Rules | undefined;

  /** What the next joins show. */
  get credentials(): Credentials {
    return this.#credentials;
  }

  /** Until there is a newer key. */
  show(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  /** Notes what must be known here; true when peers may something now, or no more. */
  hear(word: OwnershipUpdate): boolean {
    if (word.type === "owner-key") this.#credentials = { ...this.#credentials, ownerKey: word.key };
    if (word.type !== "rules") return false;
    this.#rules = word;
    return true;
  }

  /** Whether a peer may; everybody may everything until the server says otherwise. */
  allows(peerId: PeerId, deed: Deed): boolean {
    const rules = this.#rules;
    return rules === undefined || rules[deed] === "everyone" || rules.owners.includes(peerId);
  }

  /** The same for what a peer sends in a slot. */
  allowsSlot(peerId: PeerId, slot: Slot): boolean {
    return !slot.startsWith("screen") || this.allows(peerId, "screen");
  }

  /** Another room has other rules. */
  clear(): void {
    this.#rules = undefined;
  }
}
