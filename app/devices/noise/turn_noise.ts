/** The removal of noise as the person wants it. */
import type { Call } from "../../call/mod.ts";
import { extrasOf, rememberExtra } from "../../extras/views.ts";
import { loadNoiseStore } from "./lazy.ts";

/** Whether the person wants more noise removed than browsers do. */
export function removesMore({ book }: Pick<Call, "book">): boolean {
  return "voiceOnly" in Object(book.current.value.effects.microphone);
}

/** Turns that on or off, with what watches over it. */
export async function turnNoise(call: Call, on: boolean): Promise<void> {
  const extras = extrasOf(call);
  const [{ ownNoise }] = await Promise.all([loadNoiseStore(), extras?.load("noise")]);
  rememberExtra("noise", on);
  await ownNoise.turn(call, on);
}
