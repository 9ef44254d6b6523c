/**
 * The active speaker, who is large in speaker view. Pure; time is an input. Invariants: a new
 * speaker has led for two seconds on balance, so a cough, an "mhm" or two people at once change
 * nothing; a pause between sentences costs nothing; people who left are dropped.
 */

/** One person's current level, 0 to 1. */
export interface Voice {
  readonly peerId: string;
  readonly speaking: boolean;
  readonly level: number;
}

const leadMs = 2_000;
/** The longest step that counts: background pages run seldom and skip what they missed. */
const longestMs = 1_000;
/** The weight of a new level: smoothing bridges gaps between words and ignores single syllables. */
const freshness = 0.3;

interface Standing {
  level: number;
  /** How long this person has led, minus how long others have, ms. */
  ledMs: number;
}

/** Picks the active speaker from levels, a few times a second. */
export class ActiveSpeaker {
  readonly #standings = new Map<string, Standing>();
  #current: string | undefined;
  #last: number | undefined;

  /** The active speaker; undefined until someone has spoken. */
  get current(): string | undefined {
    return this.#current;
  }

  /** Takes everyone else's levels at `now` in ms. Returns the active speaker. */
  update(voices: readonly Voice[], now: number): string | undefined {
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
