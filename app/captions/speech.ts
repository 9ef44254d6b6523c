/**
 * Keeps a recogniser running while there is something to listen to. Invariants:
 * 1 At most one run is active; texts of an ended run are dropped.
 * 2 A line that was begun is always made final: by the recogniser, or when its run ends.
 * 3 A run that ends is started again: soon if it worked, later and later if it did not.
 */
import type { After } from "../devices/mod.ts";
import type { Recogniser } from "./recogniser.ts";

/** What to listen to. */
export interface SpeechTarget {
  /** A BCP 47 tag. */
  readonly language: string;
  readonly track: MediaStreamTrack;
}

/** Why recognition is not tried again. */
export type SpeechFailure = "language" | "download" | "refused";

/** What recognition does now. */
export type SpeechState =
  | { readonly kind: "off" }
  /** `downloads`: what the language needs is being downloaded. */
  | { readonly kind: "preparing"; readonly downloads: boolean }
  | { readonly kind: "on" }
  /** It has failed and is tried again. */
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly failure: SpeechFailure };

interface SpeechOptions {
  readonly recogniser: Recogniser;
  readonly after: After;
  /** ms, monotonic. */
  readonly now: () => number;
  readonly changed: (state: SpeechState) => void;
  /** Each text replaces the last one that was not final. */
  readonly said: (text: string, isFinal: boolean) => void;
}

/** Milliseconds. */
const times = {
  /** Browsers end a run after a silence; the next begins after this. */
  again: 100,
  /** A run that lasts this long has worked. */
  worked: 2_000,
  firstWait: 1_000,
  mostWait: 30_000,
} as const;

/** Errors of the Web Speech API after which nothing is tried again. */
const failures: Readonly<Record<string, SpeechFailure>> = {
  "not-allowed": "refused",
  "service-not-allowed": "refused",
  "language-not-supported": "language",
};

/** The recognition of one person's speech. */
export class Speech {
  readonly #options: SpeechOptions;
  #target: SpeechTarget | undefined;
  /** Of the target; what belongs to an older one is ignored. */
  #turn = 0;
  #stop: (() => void) | undefined;
  #cancel: (() => void) | undefined;
  #open = "";
  #bad = 0;

  constructor(options: SpeechOptions) {
    this.#options = options;
  }

  /** Listens to this from now on; undefined: to nothing. */
  follow(target: SpeechTarget | undefined): void {
    const { language, track } = this.#target ?? {};
    if (target?.language === language && target?.track === track) return;
    this.#end();
    this.#target = target;
    this.#bad = 0;
    if (target === undefined) return this.#options.changed({ kind: "off" });
    void this.#prepare(target, this.#turn);
  }

  #end(): void {
    this.#turn++;
    this.#cancel?.();
    this.#stop?.();
    this.#cancel = this.#stop = undefined;
    this.#finish();
  }

  /** What was said so far of an open line is all there is of it. */
  #finish(): void {
    if (this.#open !== "") this.#options.said(this.#open, true);
    this.#open = "";
  }

  async #prepare(target: SpeechTarget, turn: number): Promise<void> {
    const { recogniser, changed } = this.#options;
    changed({ kind: "preparing", downloads: false });
    const readiness = await recogniser.readiness(target.language);
    if (turn !== this.#turn) return;
    if (readiness === "unavailable") return changed({ kind: "failed", failure: "language" });
    if (readiness !== "available") {
      changed({ kind: "preparing", downloads: true });
      const isThere = await recogniser.install(target.language);
      if (turn !== this.#turn) return;
      if (!isThere) return changed({ kind: "failed", failure: "download" });
    }
    this.#run(target, turn);
  }

  #run(target: SpeechTarget, turn: number): void {
    const { recogniser, now, changed } = this.#options;
    const since = now();
    changed({ kind: "on" });
    this.#stop = recogniser.listen({
      ...target,
      onText: (text, isFinal) => {
        if (turn !== this.#turn) return;
        this.#open = isFinal ? "" : text;
        this.#options.said(text, isFinal);
      },
      onEnd: (error) => {
        if (turn === this.#turn) this.#handleEnd(target, { error, lasted: now() - since });
      },
    });
  }

  #handleEnd(
    target: SpeechTarget,
    { error, lasted }: { error: string | undefined; lasted: number },
  ): void {
    const { after, changed } = this.#options;
    this.#stop = undefined;
    this.#finish();
    const failure = failures[error ?? ""];
    if (failure !== undefined) return changed({ kind: "failed", failure });
    const hasWorked = lasted >= times.worked || error === "no-speech";
    this.#bad = hasWorked ? 0 : this.#bad + 1;
    const wait = hasWorked
      ? times.again
      : Math.min(times.mostWait, times.firstWait * 2 ** (this.#bad - 1));
    if (!hasWorked) changed({ kind: "waiting" });
    const turn = this.#turn;
    this.#cancel = after(wait, () => this.#run(target, turn));
  }
}
