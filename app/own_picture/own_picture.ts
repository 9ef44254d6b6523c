/**
 * What is done to the own picture before anybody gets it. There is one, as there is one camera.
 * Invariant: with blur, a camera whose blur has stopped brings no picture until the person chooses.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { type Blur, PictureProcess, type StopReason, type Treatment } from "../../mesh/mod.ts";
import {
  type PictureEffect,
  readEffect,
  storedEffect,
  treatmentOf,
  withTurn,
} from "./picture_effect.ts";
import type { PreferenceBook } from "../ui/preferences.ts";

/** Where it is stored, and the camera that it is for. */
export interface Subject {
  readonly book: PreferenceBook;
  /** The part of a MediaStore that is used. */
  readonly media: {
    source(source: "camera"): ReadonlySignal<{ readonly kind: string }>;
    start(source: "camera"): Promise<void>;
  };
}

const stopped = signal<StopReason | undefined>(undefined);
let effect = readEffect(undefined);
const picture = new PictureProcess({
  treatment: (deviceId) => treatmentOf(effect, deviceId),
  onStopped: (why) => stopped.value = why,
});

/** Why the camera brings no picture any longer, until it is started again. */
export const pictureStopped: ReadonlySignal<StopReason | undefined> = stopped;

/** The track that takes the place of the camera's track; never rejects. */
export function applyPicture(device: MediaStreamTrack, stored: object): Promise<MediaStreamTrack> {
  effect = readEffect(stored);
  stopped.value = undefined;
  return picture.process(device);
}

/** What is done to the pictures of that camera. */
export function ownTreatment({ book }: Pick<Subject, "book">, deviceId: string): Treatment {
  return treatmentOf(readEffect(book.current.value.effects.camera), deviceId);
}

/** Turns the pictures of a camera by a quarter, clockwise. */
export function turnPicture(subject: Subject, deviceId: string): Promise<void> {
  return change(subject, (before) => withTurn(before, deviceId));
}

/** Blurs what is behind the person from now on, or no longer. */
export function setBlur(subject: Subject, blur: Blur): Promise<void> {
  return change(subject, (before) => ({ ...before, blur }));
}

/** Stores what to do from now on, and starts a camera that is on again if that is needed. */
async function change(
  { book, media }: Subject,
  next: (before: PictureEffect) => PictureEffect,
): Promise<void> {
  const { effects } = book.current.value;
  effect = next(readEffect(effects.camera));
  book.change({ effects: { ...effects, camera: storedEffect(effect) } });
  const { kind } = media.source("camera").value;
  const isWanted = kind === "on" || kind === "starting";
  if (isWanted && !picture.refresh()) await media.start("camera");
}
