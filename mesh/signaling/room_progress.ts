/**
 * How far this client has followed a room. Private lines, and changes of lines, have a place but
 * raise no revision, since not everybody receives them: they only show what must have come before
 * them. Invariants:
 * 1 `followed` is what a join may claim to have: nothing newer than what was received without a
 *   gap.
 * 2 A gap is reported once; after it `followed` stands still until a welcome brings the whole
 *   again.
 */
import type { Followed, ServerMessage, Welcome } from "../../protocol/mod.ts";

/** The place of this client in the events of one room. */
export class RoomProgress {
  #followed: Followed | undefined;
  #hasGap = false;

  /** Undefined before the first welcome. */
  get followed(): Followed | undefined {
    return this.#followed;
  }

  /** True if this welcome belongs to the same life of the room as the last one. */
  handleWelcome({ epoch, revision }: Welcome): boolean {
    const sameLife = this.#followed?.epoch === epoch;
    this.#followed = { epoch, revision };
    this.#hasGap = false;
    return sameLife;
  }

  /** Follows one message; true if an event before it was never received. */
  follow(message: ServerMessage): boolean {
    const place = placeOf(message);
    if (place === undefined || this.#followed === undefined || this.#hasGap) return false;
    const { epoch, revision: last } = this.#followed;
    const { revision, isOwn } = place;
    // An older revision: the second copy of a line that was sent twice.
    if (revision <= last) return false;
    this.#hasGap = !isOwn || revision > last + 1;
    if (!this.#hasGap) this.#followed = { epoch, revision };
    return this.#hasGap;
  }

  /** The visit is over. */
  reset(): void {
    this.#followed = undefined;
    this.#hasGap = false;
  }
}

/** Where a message stands; `isOwn`: it raised the revision itself. */
interface Place {
  readonly revision: number;
  readonly isOwn: boolean;
}

function placeOf(message: ServerMessage): Place | undefined {
  if (message.type === "chat") {
    const { id, to, changed } = message.line;
    return { revision: changed ?? id, isOwn: to === undefined && changed === undefined };
  }
  if (!("revision" in message) || message.type === "welcome") return undefined;
  return { revision: message.revision, isOwn: true };
}
