/** What was plugged in or pulled out, in words. Pure. */
import type { Words } from "../state/mod.ts";
import type { DeviceChange } from "./device_changes.ts";
import { fill, listed } from "./phrases.ts";

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
