/**
 * Noise removal of the own microphone, beyond the browser's. Loaded when the person wants it. One
 * for the page, as a microphone is started before there is a room. Invariants:
 * 1 While it is on, the browser's own noise suppression is off: two of them harm a voice.
 * 2 What it cannot do, or no longer, it gives up with a word, and the browser's own returns.
 * 3 It is on again only if the person says so.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { NoiseFilter } from "../../../mesh/processing/noise/mod.ts";
import type { SourceState } from "../../../mesh/mod.ts";
import type { PreferenceBook, Preferences } from "../../ui/preferences.ts";

/** Why it was turned off. */
export type GivenUp = "strained" | "impossible";

/** The part of a call that is used. */
export interface NoisyCall {
  readonly book: Pick<PreferenceBook, "current" | "change">;
  readonly media: {
    source(source: "microphone"): ReadonlySignal<SourceState>;
    start(source: "microphone"): Promise<void>;
  };
  readonly room: { readonly strained: ReadonlySignal<boolean> };
}

/** The effect of a microphone that has it, besides what else there may be. */
const voiceOnly = { voiceOnly: true, noiseSuppression: false };

/** The one noise removal of a page. */
export class NoiseStore {
  readonly #filter = new NoiseFilter({
    changed: (state) => this.#isImpossible.value = state === "impossible",
    strained: () => this.#isLate.value = true,
    again: () => this.#again(),
  });
  readonly #isImpossible = signal(false);
  /** The filter itself does not keep up. */
  readonly #isLate = signal(false);
  readonly #givenUp = signal<GivenUp | undefined>(undefined);
  #again = () => {};

  /** Why it is off although the person wanted it, until dismissed. */
  get givenUp(): ReadonlySignal<GivenUp | undefined> {
    return this.#givenUp;
  }

  dismiss(): void {
    this.#givenUp.value = undefined;
  }

  /** Filters the track of a device; see NoiseFilter. */
  process(device: MediaStreamTrack): Promise<MediaStreamTrack> {
    return this.#filter.process(device);
  }

  /** Turns it on or off, and remembers it. */
  async turn(call: NoisyCall, on: boolean): Promise<void> {
    this.dismiss();
    this.#isLate.value = false;
    this.#isImpossible.value = false;
    await this.#change(call, on);
  }

  /** Gives up when machine or browser require it, until the returned function is called. */
  follow(call: NoisyCall): () => void {
    let wasStrained = call.room.strained.peek();
    const undo = effect(() => {
      const { value: isStrained } = call.room.strained;
      // A person who turns it on while the machine is busy knows that it is.
      const isNewlyStrained = isStrained && !wasStrained;
      wasStrained = isStrained;
      const reason = this.#isImpossible.value
        ? "impossible"
        : this.#isLate.value || isNewlyStrained
        ? "strained"
        : undefined;
      if (reason === undefined || !wantsVoiceOnly(call.book.current.peek())) return;
      this.#givenUp.value = reason;
      void this.#change(call, false);
    });
    this.#again = () => void restart(call);
    return () => {
      undo();
      this.#again = () => {};
      this.#filter.close();
    };
  }

  async #change(call: NoisyCall, on: boolean): Promise<void> {
    const { effects } = call.book.current.peek();
    const { microphone: _, ...rest } = effects;
    call.book.change({ effects: on ? { ...rest, microphone: voiceOnly } : rest });
    await restart(call);
  }
}

async function restart({ media }: NoisyCall): Promise<void> {
  const { kind } = media.source("microphone").peek();
  if (kind === "on" || kind === "starting") await media.start("microphone");
}

/** Whether the preferences ask for it. */
export function wantsVoiceOnly({ effects }: Pick<Preferences, "effects">): boolean {
  return Reflect.get(Object(effects.microphone), "voiceOnly") === true;
}

/** The noise removal of this page. */
export const ownNoise: NoiseStore = new NoiseStore();
