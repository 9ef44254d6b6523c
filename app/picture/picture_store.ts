/**
 * What is done to the own picture before anybody gets it, for the one camera of this page.
 * Invariant: with blur, a camera whose blur has stopped brings no picture until the person chooses.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { PictureProcess, type StopReason } from "../../mesh/mod.ts";
import { type PictureEffect, readEffect, storedEffect, treatmentOf } from "./picture_effect.ts";
import type { PreferenceBook } from "../ui/preferences.ts";

/** The part of a MediaStore that is used. */
export interface Camera {
  source(source: "camera"): ReadonlySignal<{ readonly kind: string }>;
  start(source: "camera"): Promise<void>;
}

/** The own picture. There is one, as there is one camera. */
export class OwnPicture {
  readonly #stopped = signal<StopReason | undefined>(undefined);
  #effect = readEffect(undefined);
  readonly #process = new PictureProcess({
    treatment: (deviceId) => treatmentOf(this.#effect, deviceId),
    onStopped: (why) => this.#stopped.value = why,
  });

  /** Why the camera brings no picture any longer, until it is started again. */
  get stopped(): ReadonlySignal<StopReason | undefined> {
    return this.#stopped;
  }

  /** The track that takes the place of the camera's track; never rejects. */
  apply(device: MediaStreamTrack, stored: object): Promise<MediaStreamTrack> {
    this.#effect = readEffect(stored);
    this.#stopped.value = undefined;
    return this.#process.process(device);
  }

  /** Stores what to do from now on, and starts a camera that is on again if that is needed. */
  async change(
    effect: PictureEffect,
    { book, camera }: { readonly book: PreferenceBook; readonly camera: Camera },
  ): Promise<void> {
    this.#effect = effect;
    const { effects } = book.current.value;
    book.change({ effects: { ...effects, camera: storedEffect(effect) } });
    const { kind } = camera.source("camera").value;
    const isWanted = kind === "on" || kind === "starting";
    if (isWanted && !this.#process.refresh()) await camera.start("camera");
  }
}

/** Of this page. */
export const ownPicture = new OwnPicture();
