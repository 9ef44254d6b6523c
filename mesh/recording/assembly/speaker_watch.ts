/** Who speaks, from how loud each voice was; slow enough for pictures to follow. Pure. */

/** Root mean square of samples from -1 to 1 that counts as speech. */
const speechLevel = 0.01;
/** Seconds for which somebody who was loudest stays the speaker. */
const holdSeconds = 2;

/** Follows the voices of a recording from its start. */
export class SpeakerWatch {
  #speaker: string | undefined;
  #since = -Infinity;

  /** The loudest of the last moment that counts; undefined before anybody has spoken. */
  get speaker(): string | undefined {
    return this.#speaker;
  }

  /** `levels`: root mean squares by owner, at `second`. */
  hear(levels: ReadonlyMap<string, number>, second: number): void {
    const [loudest] = [...levels].toSorted(([, one], [, other]) => other - one);
    if (loudest === undefined || loudest[1] < speechLevel) return;
    const [owner] = loudest;
    if (owner !== this.#speaker && second - this.#since < holdSeconds) return;
    if (owner !== this.#speaker) this.#since = second;
    this.#speaker = owner;
  }
}
