/** Notices that no sound has come from a person for a while, and when it comes again. Pure. */
import type { PeerId } from "../../protocol/mod.ts";
import { keptMs } from "./voice_ring.ts";

/** What is known of a person's sound at one look. */
export interface Arriving {
  readonly peerId: PeerId;
  /** Changes with each packet of sound; undefined: none has come. */
  readonly mark: number | undefined;
  /** Whether the person's microphone is on. */
  readonly speaks: boolean;
}

/** Sound that did not come. `from`: when the last sound before it came, ms. */
export interface Hole {
  readonly peerId: PeerId;
  readonly from: number;
}

/** What one look has shown. */
export interface Look {
  /** Of whom nothing comes at present, for no longer than can be replayed. */
  readonly missing: readonly PeerId[];
  /** Holes that have just ended. */
  readonly ended: readonly Hole[];
}

/**
 * A shorter pause is not worth a replay. While a person is silent, a packet comes every 400 ms
 * (DTX), so that silence is no hole. ms.
 */
const holeMs = 1_500;
/** After a pause of the page itself nothing is known of the sound meanwhile. ms. */
const lateMs = 1_200;

interface Known {
  readonly mark: number | undefined;
  /** When sound last came, or could not be expected, ms. */
  readonly at: number;
}

/** Watches everybody in the room. */
export class HoleWatch {
  #people = new Map<PeerId, Known>();
  #inHole: ReadonlySet<PeerId> = new Set();
  #lookedAt = Infinity;

  /** `now`: ms; call it several times a second. */
  look(arriving: readonly Arriving[], now: number): Look {
    const before = this.#people;
    const isLate = now - this.#lookedAt > lateMs;
    this.#people = new Map();
    this.#lookedAt = now;
    const missing: PeerId[] = [];
    const inHole = new Set<PeerId>();
    const ended: Hole[] = [];
    for (const { peerId, mark, speaks } of arriving) {
      const known = before.get(peerId);
      if (known === undefined) {
        // Before the first sound of a person nothing can be missed.
        if (mark !== undefined) this.#people.set(peerId, { mark, at: now });
        continue;
      }
      const wasMissing = now - known.at >= holeMs;
      const isUnknown = !speaks || isLate;
      const isHole = wasMissing && !(isUnknown && !this.#inHole.has(peerId));
      const isBack = mark !== undefined && mark !== known.mark;
      if (isHole && isBack) ended.push({ peerId, from: known.at });
      else if (isHole) {
        inHole.add(peerId);
        // A browser that counts no sound of a voice that is held back must not silence it for ever.
        if (now - known.at < keptMs) missing.push(peerId);
      }
      const at = isBack || (isUnknown && !isHole) ? now : known.at;
      this.#people.set(peerId, { mark: mark ?? known.mark, at });
    }
    this.#inHole = inHole;
    return { missing, ended };
  }
}
