/** What was plugged in or pulled out, in words. Pure. */
import type { DeviceList, Words } from "../state/mod.ts";
import { fill, listed } from "./phrases.ts";

/** Labels; a headset that is microphone and speaker is one. */
export interface DeviceChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The devices that came and went; nothing where one of the lists has no names, as before a permission. */
export function deviceChange(before: DeviceList, after: DeviceList): DeviceChange {
  const [old, now] = [labels(before), labels(after)];
  if (old.size === 0 || now.size === 0) return { added: [], removed: [] };
  return {
    added: [...now].filter((label) => !old.has(label)),
    removed: [...old].filter((label) => !now.has(label)),
  };
}

/** A sentence, or undefined when nothing changed. */
export function deviceNews(
  { added, removed }: DeviceChange,
  { entering, common: { locale } }: Pick<Words, "entering" | "common">,
): string | undefined {
  const said = [[entering.plugged, added], [entering.pulled, removed]] as const;
  const sentences = said.flatMap(([phrase, names]) =>
    names.length === 0 ? [] : [fill(phrase, { names: listed(names, locale) })]
  );
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function labels({ cameras, microphones, speakers }: DeviceList): Set<string> {
  const real = [...cameras, ...microphones, ...speakers]
    // Chromium lists its choice of a device once more under these names.
    .filter(({ deviceId }) => deviceId !== "default" && deviceId !== "communications");
  return new Set(real.map(({ label }) => readable(label)).filter((label) => label !== ""));
}

/** Without the numbers of maker and product that Chromium adds to devices on USB. */
function readable(label: string): string {
  return label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, "");
}
