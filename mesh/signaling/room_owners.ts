/**
 * What the room's owners decided, and the credentials that this person shows. Invariants:
 * 1 The newest key is shown at every join, also after a loss.
 * 2 What the rules forbid a peer is not accepted from it, whatever it sends.
 */
import type {
  Join,
  OwnershipUpdate,
  PeerId,
  PersonRight,
  Right,
  Rules,
} from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { Slot } from "../events.ts";
import type { KeptVisit } from "./tab_memory.ts";

/** What may admit a person to a closed room. */
export type Credentials = Pick<Join, "ownerKey" | "invite" | "password">;

/** The room to join, the name to show, and the credentials. */
export interface Visit {
  readonly room: string;
  readonly name: string;
  readonly credentials?: Credentials;
  /** The secret of the link, for a sealed room; absent: an open room. */
  readonly secret?: string | undefined;
  /** A visit to go on with, instead of this tab's last one. */
  readonly resume?: KeptVisit | undefined;
}

/** What the owners can reserve to themselves. */
export type Permission = "chat" | "screen" | "files";

/** Says whether something was taken away from one person. */
export type Taken = (peerId: PeerId, right: PersonRight) => boolean;

/** The rules of the room, and what follows from them here. */
export class RoomOwners extends Emitter<OwnershipUpdate> {
  #credentials: Credentials = {};
  #rules: Rules | undefined;
  /** Late code sets it, and passes the rules to `handle` again after each change. */
  taken: Taken | undefined;

  /** What the next join shows. */
  get credentials(): Credentials {
    return this.#credentials;
  }

  /** Shows these from now on, until the server sends a newer key. */
  show(credentials: Credentials): void {
    this.#credentials = credentials;
  }

  /** Keeps a new key or new rules, and emits the message. */
  handle(message: OwnershipUpdate): void {
    if (message.type === "owner-key") {
      this.#credentials = { ...this.#credentials, ownerKey: message.key };
    }
    if (message.type === "rules") this.#rules = message;
    this.emit(message);
  }

  /** Whether a peer has a right; everybody has each until the server says otherwise. */
  allows(peerId: PeerId, right: PersonRight): boolean {
    const rules: (Partial<Record<PersonRight, Right>> & Rules) | undefined = this.#rules;
    const isReserved = rules?.[right] === "owners" && !rules.owners.includes(peerId);
    return !isReserved && !this.taken?.(peerId, right);
  }

  /** Whether a peer may send in a slot. */
  allowsSlot(peerId: PeerId, slot: Slot): boolean {
    return this.allows(peerId, slot === "screen-audio" ? "screen" : slot);
  }

  /** The visit is over: another room has other rules. */
  reset(): void {
    this.#rules = undefined;
  }
}
