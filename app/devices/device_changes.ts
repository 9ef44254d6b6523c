/** What changed among the devices of this machine. Pure. */
import type { DeviceKind } from "../ui/preferences.ts";
import type { DeviceList } from "../../mesh/mod.ts";

type Names = readonly Pick<MediaDeviceInfo, "deviceId" | "label">[];

/** What of a DeviceList counts here. */
export type ListedDevices = { readonly [Kind in keyof DeviceList]: Names };

/** A device that came or went. */
export interface DeviceChange {
  readonly label: string;
  readonly kind: DeviceKind;
}

/**
 * Devices that came and went, each once by its label, though a headset is a microphone and a speaker. Nothing while the
 * browser does not tell labels, nor when it begins to.
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

/** Real devices by label: some browsers list the system's choice once more under its own id. */
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

/** Without the numbers of maker and product that some browsers put behind it. */
function plain(label: string): string {
  return label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, "");
}
