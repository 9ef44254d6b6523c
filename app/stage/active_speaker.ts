/**
 * Who holds the floor, for the view that makes them large. Pure; time is an input.
 * Invariants: who takes the floor has led for two seconds on balance, so a cough, an "mhm" or two people at once move
 * nothing; a pause between sentences costs nothing; who left holds nothing.
 */

/** One person's sound now; `level` 0 to 1. */
export interface Voice {
  readonly peerId: string;
  readonly speaking: boolean;
  readonly level: number;
}

const leadMs = 2_000;
/** A page in the background is asked seldom; what it missed it does not guess. */
const longestMs = 1_000;
/** The share of a new level in the smoothed one: words have gaps, and one loud syllable is no speech. */
const freshness = 0.3;

interface Standing {
  level: number;
  /** How long this one has led, less how long others have, ms. */
  ledMs: number;
}

/** Watches levels, a few times a second, and names the one to be large. */
export class ActiveSpeaker {
  readonly #standings = new Map<string, Standing>();
  #current: string | undefined;
  #last: number | undefined;

  /** The one who holds the floor; undefined until somebody has. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Everybody but oneself, at `now` in ms. Returns who holds the floor. */
  hear(voices: readonly Voice[], now: number): string | undefined {
    const passed = Math.min(longestMs, now - (this.#last ?? now));
    this.#last = now;
    this.#forget(voices);
    const leader = this.#loudest(voices);
    if (leader === undefined) return this.#current;
    for (const [peerId, standing] of this.#standings) {
      const change = peerId === leader ? passed : -passed;
      standing.ledMs = Math.min(leadMs, Math.max(0, standing.ledMs + change));
      if (standing.ledMs === leadMs) this.#current = peerId;
    }
    return this.#current;
  }

  #forget(voices: readonly Voice[]): void {
    for (const peerId of this.#standings.keys()) {
      if (!voices.some((voice) => voice.peerId === peerId)) this.#standings.delete(peerId);
    }
    if (this.#current !== undefined && !this.#standings.has(this.#current)) {
      this.#current = undefined;
    }
  }

  #loudest(voices: readonly Voice[]): string | undefined {
    let leader: { peerId: string; level: number } | undefined;
    for (const { peerId, level, speaking } of voices) {
      const standing = this.#standings.get(peerId) ?? { level: 0, ledMs: 0 };
      standing.level += (level - standing.level) * freshness;
      this.#standings.set(peerId, standing);
      if (speaking && standing.level > (leader?.level ?? 0)) leader = { peerId, ...standing };
    }
    return leader?.peerId;
  }
}
