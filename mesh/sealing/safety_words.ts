/**
 * The safety words of one pair: the same at both ends if and only if nobody is in between. Each end
 * first commits to a random number and reveals it after the other's commitment, so that somebody in
 * between cannot try numbers until the words of both sides agree (as in ZRTP, RFC 6189, 4.4.1).
 */
import { type Bytes, fromBase64url, packed, sha256, toBase64url } from "./bytes.ts";
import type { Pair } from "./pair.ts";
import type { TrustMessage } from "./trust_message.ts";

/** How many words there are, and how many bits choose one. */
const wordCount = 7;
const wordBits = 6;

type WordsMessage = Extract<TrustMessage, { kind: "commit" | "reveal" }>;

interface SafetyWordsOptions {
  readonly pair: Pick<Pair, "derive">;
  /** Whether the own id is the smaller one; its number comes first. */
  readonly isFirst: boolean;
  readonly send: (message: WordsMessage) => void;
  /** Takes seven numbers from 0 to 63. */
  readonly found: (words: readonly number[]) => void;
}

/** The exchange with one member, for as long as its pair lasts. */
export class SafetyWords {
  readonly #options: SafetyWordsOptions;
  readonly #number = crypto.getRandomValues(new Uint8Array(16));
  /** The first one that came; another one later would be a choice. */
  #commitment: string | undefined;
  #hasCommitted = false;

  constructor(options: SafetyWordsOptions) {
    this.#options = options;
  }

  /** There is a way to the other end: commits, again if need be. */
  async begin(): Promise<void> {
    this.#options.send({ kind: "commit", commitment: await commitmentTo(this.#number) });
    this.#hasCommitted = true;
  }

  async receive(message: WordsMessage): Promise<void> {
    if (message.kind === "commit") {
      this.#commitment ??= message.commitment;
      // The other end takes no number before its commitment.
      if (!this.#hasCommitted) await this.begin();
      return this.#options.send({ kind: "reveal", number: toBase64url(this.#number) });
    }
    const number = fromBase64url(message.number);
    if (number === undefined || await commitmentTo(number) !== this.#commitment) return;
    const { pair, isFirst, found } = this.#options;
    const numbers = isFirst ? [this.#number, number] : [number, this.#number];
    found(wordsIn(await pair.derive(packed("words", ...numbers))));
  }
}

async function commitmentTo(number: Bytes): Promise<string> {
  return toBase64url(await sha256(packed("words", number)));
}

/** The first bits, six for each word. */
function wordsIn(bytes: Bytes): number[] {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return Array.from(
    { length: wordCount },
    (_, index) => parseInt(bits.slice(index * wordBits, (index + 1) * wordBits), 2),
  );
}
