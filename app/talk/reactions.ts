/**
 * Reactions that are shown just now. Invariants: each is shown once and goes away by itself; what one sends stays within
 * the server's rate, so that nobody is put out of a room for applauding.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { PeerId, Reaction } from "../../protocol/mod.ts";
import type { After } from "../devices/mod.ts";

/** One over its sender's tile; `key` tells it from others of the same kind. */
export interface ShownReaction {
  readonly key: number;
  readonly peerId: PeerId;
  readonly reaction: Reaction;
}

/** How long one is shown, ms. */
export const shownMs = 4_000;
/**
 * So many within so many ms: a little under the server's own rate (limits.reactionBurst, reactionPerSecond), whose clock
 * starts later than ours. A test holds the two together.
 */
export const ownPace = { most: 4, withinMs: 4_400 };
/** More than this are not told apart over one tile: the oldest goes first. */
const mostOfOne = 3;

/** What the reactions of a room are made of. */
export interface ReactionsParts {
  readonly send: (reaction: Reaction) => boolean;
  readonly after: After;
  readonly now: () => number;
  readonly signal: typeof signal;
}

/** Everybody's, one's own included. */
export class Reactions {
  readonly #parts: ReactionsParts;
  readonly #shown: Signal<readonly ShownReaction[]>;
  /** When the last own ones were sent, ms by `now`. */
  #sent: number[] = [];
  #count = 0;

  constructor(parts: ReactionsParts) {
    this.#parts = parts;
    this.#shown = parts.signal<readonly ShownReaction[]>([]);
  }

  /** In the order they came. */
  get shown(): ReadonlySignal<readonly ShownReaction[]> {
    return this.#shown;
  }

  /** Sends one; false when that would be too many at once, or nobody could be told. */
  send(reaction: Reaction): boolean {
    const now = this.#parts.now();
    const recent = this.#sent.filter((at) => now - at < ownPace.withinMs);
    if (recent.length >= ownPace.most || !this.#parts.send(reaction)) return false;
    this.#sent = [...recent, now];
    return true;
  }

  /** The server has told of one. */
  take({ peerId, reaction }: { peerId: PeerId; reaction: Reaction }): void {
    const key = ++this.#count;
    const before = this.#shown.value;
    const crowd = before.filter((each) => each.peerId === peerId).length >= mostOfOne;
    const first = crowd ? before.findIndex((each) => each.peerId === peerId) : -1;
    this.#shown.value = [
      ...before.filter((_, index) => index !== first),
      { key, peerId, reaction },
    ];
    this.#parts.after(shownMs, () => {
      this.#shown.value = this.#shown.value.filter((each) => each.key !== key);
    });
  }
}
