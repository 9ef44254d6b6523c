/** What was plugged in or pulled out, in words. Pure. */
import type { Words } from "../mod.ts";
import { type DeviceChange, deviceChanges, type ListedDevices } from "./device_changes.ts";
import { fill, listed } from "../ui/phrases.ts";

/** A sentence, or undefined when nothing changed. */
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

/** The same of two lists of the machine's devices, one after the other. */
export function changesInWords(
  [before, after]: readonly [ListedDevices, ListedDevices],
  words: Pick<Words, "entering" | "common">,
): string | undefined {
  return deviceSentence(deviceChanges(before, after), words);
}
