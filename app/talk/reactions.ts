/**
 * The visible reactions. Invariants: each is shown once and expires; own ones stay within the
 * server's rate, so that applause never closes the connection.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { PeerId, Reaction } from "../../protocol/mod.ts";
import type { After } from "../devices/mod.ts";

/** One reaction over its sender's tile; `key` is unique. */
export interface ShownReaction {
  readonly key: number;
  readonly peerId: PeerId;
  readonly reaction: Reaction;
}

/** How long a reaction is shown, ms. */
export const shownMs = 4_000;
/**
 * The own rate, slightly below the server's (limits.reactionBurst, reactionPerSecond), whose clock
 * starts later than ours. A test compares them.
 */
export const ownPace = { most: 4, withinMs: 4_400 };
/** The most reactions over one tile; the oldest goes first. */
const mostOfOne = 3;

/** The dependencies of reactions. */
export interface ReactionsOptions {
  readonly send: (reaction: Reaction) => boolean;
  readonly after: After;
  readonly now: () => number;
  readonly signal: typeof signal;
}

/** Everyone's reactions, own ones too. */
export class Reactions {
  readonly #options: ReactionsOptions;
  readonly #shown: Signal<readonly ShownReaction[]>;
  /** When the last own ones were sent, ms by `now`. */
  #sent: number[] = [];
  #count = 0;

  constructor(options: ReactionsOptions) {
    this.#options = options;
    this.#shown = options.signal<readonly ShownReaction[]>([]);
  }

  /** The visible reactions in order of arrival. */
  get shown(): ReadonlySignal<readonly ShownReaction[]> {
    return this.#shown;
  }

  /** Sends one; false if the rate is exceeded or there is no connection. */
  send(reaction: Reaction): boolean {
    const now = this.#options.now();
    const recent = this.#sent.filter((at) => now - at < ownPace.withinMs);
    if (recent.length >= ownPace.most || !this.#options.send(reaction)) return false;
    this.#sent = [...recent, now];
    return true;
  }

  /** Handles one from the server. */
  receive({ peerId, reaction }: { peerId: PeerId; reaction: Reaction }): void {
    const key = ++this.#count;
    const before = this.#shown.value;
    const crowd = before.filter((each) => each.peerId === peerId).length >= mostOfOne;
    const first = crowd ? before.findIndex((each) => each.peerId === peerId) : -1;
    this.#shown.value = [
      ...before.filter((_, index) => index !== first),
      { key, peerId, reaction },
    ];
    this.#options.after(shownMs, () => {
      this.#shown.value = this.#shown.value.filter((each) => each.key !== key);
    });
  }
}
