/**
 * Sentences about devices: how a person returns, a substituted device, a device that was added or
 * removed. Pure.
 */
import type { SourceState } from "../../mesh/mod.ts";
import type { Wish } from "./intent.ts";
import type { Words } from "../ui/words/mod.ts";
import { type DeviceChange, deviceChanges, type ListedDevices } from "./device_changes.ts";
import { fill, listed } from "../ui/phrases.ts";

/** For the room: what others hear and see of a returning person. */
export function returnWords(
  { camera, microphone, muted }: Wish,
  { toasts }: Words,
): { readonly title: string; readonly line?: string } {
  const isSilent = !microphone || muted === true;
  if (isSilent && !camera) return { title: toasts.mutedAndDark };
  if (isSilent) return { title: toasts.muted, line: toasts.cameraOn };
  return camera ? { title: toasts.heard } : { title: toasts.dark, line: toasts.microphoneOn };
}

/** For the page before joining; undefined if nothing is off. */
export function stillOff(
  { camera, microphone }: Wish,
  { entering }: Words,
): string | undefined {
  const { stillOff } = entering;
  if (camera) return microphone ? undefined : stillOff.microphone;
  return microphone ? stillOff.camera : stillOff.both;
}

/** Names the device that failed and its substitute; undefined if the wanted one runs. */
export function insteadWords(
  { state, device }: { state: SourceState; device: "camera" | "microphone" },
  { toasts, before }: Words,
): string | undefined {
  if (state.kind !== "on" || state.insteadOf === undefined) return undefined;
  const wanted = state.insteadOf || before[device];
  return fill(toasts.instead, { wanted, label: state.track.label });
}

/** What was connected or disconnected; undefined if nothing changed. */
export function deviceSentence(
  { came, went }: {
    readonly came: readonly DeviceChange[];
    readonly went: readonly DeviceChange[];
  },
  { entering, common: { locale } }: Pick<Words, "entering" | "common">,
): string | undefined {
  const said = [[entering.plugged, came], [entering.pulled, went]] as const;
  const sentences = said.flatMap(([phrase, devices]) => {
    const names = devices.map(({ label }) => label);
    return names.length === 0 ? [] : [fill(phrase, { names: listed(names, locale) })];
  });
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

/** The same for two device lists, before and after. */
export function changesInWords(
  [before, after]: readonly [ListedDevices, ListedDevices],
  words: Pick<Words, "entering" | "common">,
): string | undefined {
  return deviceSentence(deviceChanges(before, after), words);
}
