/** Differences between two device lists. Pure. */
import type { DeviceKind } from "../ui/preferences.ts";
import type { DeviceList } from "../../mesh/mod.ts";

type Names = readonly Pick<MediaDeviceInfo, "deviceId" | "label">[];

/** The part of a DeviceList that is compared. */
export type ListedDevices = { readonly [Kind in keyof DeviceList]: Names };

/** A device that was added or removed. */
export interface DeviceChange {
  readonly label: string;
  readonly kind: DeviceKind;
}

/**
 * Added and removed devices, each label once, though a headset is a microphone and a speaker. Empty
 * while the browser hides labels, and when it first reveals them.
 */
export function deviceChanges(
  before: ListedDevices,
  after: ListedDevices,
): { readonly came: readonly DeviceChange[]; readonly went: readonly DeviceChange[] } {
  const [old, now] = [labelled(before), labelled(after)];
  if (old.size === 0 || now.size === 0) return { came: [], went: [] };
  const missing = (from: Map<string, DeviceKind>, among: Map<string, DeviceKind>) =>
    [...from].filter(([label]) => !among.has(label)).map(([label, kind]) => ({ label, kind }));
  return { came: missing(now, old), went: missing(old, now) };
}

/** Real devices by label: some browsers list the system default twice. */
function labelled({ cameras, microphones, speakers }: ListedDevices): Map<string, DeviceKind> {
  const found = new Map<string, DeviceKind>();
  const kinds = { speaker: speakers, microphone: microphones, camera: cameras } as const;
  for (const kind of ["speaker", "microphone", "camera"] as const) {
    for (const { deviceId, label } of kinds[kind]) {
      const isAlias = /^(default|communications)$/.test(deviceId);
      if (label !== "" && !isAlias) found.set(plain(label), kind);
    }
  }
  return found;
}

/** The label without the vendor and product numbers that some browsers append. */
function plain(label: string): string {
  return label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, "");
}
