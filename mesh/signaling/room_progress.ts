/**
 * How far one has followed a room. Private lines and changes of lines have a place but no revision of their own, since
 * not everybody hears them: they are followed nowhere and count only as a sign of what came before them. Invariants:
 * 1 `followed` is what a join may claim to have: nothing newer than what was heard without a gap.
 * 2 A gap is told once; after it `followed` stands still until a welcome brings the whole again.
 */
import type { Followed, ServerMessage, Welcome } from "../../protocol/mod.ts";

export class RoomProgress {
  #followed: Followed | undefined;
  #hasGap = false;

  /** Undefined before the first welcome. */
  get followed(): Followed | undefined {
    return this.#followed;
  }

  /** Whether this welcome belongs to the life of the room that one knew already. */
  isSameLife({ epoch }: Welcome): boolean {
    return this.#followed?.epoch === epoch;
  }

  welcomed({ epoch, revision }: Welcome): void {
    this.#followed = { epoch, revision };
    this.#hasGap = false;
  }

  /** Follows one message; true when an event before it was never heard. */
  hear(message: ServerMessage): boolean {
    const place = placeOf(message);
    if (place === undefined || this.#followed === undefined || this.#hasGap) return false;
    const { epoch, revision: last } = this.#followed;
    const { revision, isOwn } = place;
    // An old one is the second receipt of a line sent twice.
    if (revision <= last) return false;
    this.#hasGap = !isOwn || revision > last + 1;
    if (!this.#hasGap) this.#followed = { epoch, revision };
    return this.#hasGap;
  }

  clear(): void {
    this.#followed = undefined;
    this.#hasGap = false;
  }
}

/** Where a message stands; `isOwn`: that revision is its own and nobody else's. */
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
