/**
 * What to do about a device that does not start: try it again, then try another one. Loaded with
 * the first such failure. Invariants:
 * 1 A start asks the browser at most five times, whichever devices come and go meanwhile.
 * 2 A device that the person or the system refuses is not requested again.
 * 3 A device that is no longer there is replaced by the browser's choice, as if none was chosen.
 */
import type { Captured, MediaFailure } from "./media_failure.ts";

/**
 * Tracks, or a failure. `insteadOf`: the tracks come from another device than the chosen one, whose
 * label this is; "" if it is unknown.
 */
export type Rescued = Captured & { readonly insteadOf?: string };

/** What failed, and the functions to try again. */
export interface Rescue {
  readonly failure: MediaFailure;
  /** The browser has not answered yet; the same request again would only queue behind it. */
  readonly hangs: true | undefined;
  readonly choice: { readonly deviceId?: string; readonly label?: string };
  /** All devices of the kind that the browser lists. */
  readonly devices: () => Promise<readonly MediaDeviceInfo[]>;
  /** Requests a device; without an id, any. */
  readonly capture: (deviceId?: string) => Promise<Captured>;
  /** False once a newer request or a stop has replaced this one. */
  readonly isWanted: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * A page that was just reloaded, or a program that was just closed, has released it by then, ms.
 */
const againMs = 500;
const mostOthers = 2;

/** Whether the device failed, not the permission or the browser. */
function isBroken(captured: Captured): boolean {
  return !captured.ok && /busy|unknown|missing/.test(captured.failure);
}

/** Finds a device that starts after the first request failed. */
export async function rescue(options: Rescue): Promise<Rescued> {
  const { choice, failure, capture } = options;
  const listed = (await options.devices()).filter(({ deviceId }) => deviceId !== "");
  const wanted = wantedOf(choice, listed);
  const isListed = wanted !== undefined && wanted.deviceId === choice.deviceId;
  if (failure !== "missing" || isListed) return await retry(options, { ...choice, listed });
  // It is gone, or has another id since the site's data were cleared.
  const found = await capture(wanted?.deviceId);
  if (!isBroken(found)) return found;
  if (wanted === undefined) {
    return failedAs(found, "missing") ? found : await retry(options, { listed });
  }
  const { deviceId, label } = wanted;
  return await retry(options, { deviceId, label, listed });
}

type Devices = readonly MediaDeviceInfo[];

function wantedOf({ deviceId, label }: Rescue["choice"], listed: Devices) {
  return listed.find((device) => device.deviceId === deviceId) ??
    listed.find((device) => device.label !== "" && device.label === label);
}

function failedAs(captured: Captured, failure: MediaFailure): boolean {
  return !captured.ok && captured.failure === failure;
}

/** Tries the device once more, then others. */
async function retry(
  { capture, isWanted, pause, hangs }: Rescue,
  { deviceId, label = "", listed }: Rescue["choice"] & { readonly listed: Devices },
): Promise<Rescued> {
  if (!hangs) await pause(againMs);
  const before: Captured = { ok: false, failure: "busy" };
  const again = hangs || !isWanted() ? before : await capture(deviceId);
  if (!isBroken(again)) return again;
  // If nobody chose a device, browsers usually take the first one.
  const wanted = deviceId === undefined ? listed[0] : wantedOf({ deviceId }, listed);
  const insteadOf = wanted?.label || label;
  // Before the first permission no device has an id; the browser may still find another one.
  const ids = listed.length > 0 ? othersThan(wanted, listed) : deviceId ? [undefined] : [];
  for (const other of ids.slice(0, mostOthers)) {
    if (!isWanted()) break;
    const captured = await capture(other);
    if (captured.ok) return { ...captured, insteadOf };
    if (!isBroken(captured)) return captured;
  }
  // The device is listed, so the person must not be told to plug one in.
  return failedAs(again, "missing") ? { ok: false, failure: "unknown" } : again;
}

/**
 * Ids of the other devices. Some browsers list the system's default a second time under another id;
 * it has the same group.
 */
function othersThan(wanted: MediaDeviceInfo | undefined, listed: Devices): string[] {
  return listed
    .filter(({ deviceId, groupId }) =>
      deviceId !== wanted?.deviceId && !/^(default|communications)$/.test(deviceId) &&
      (groupId === "" || groupId !== wanted?.groupId)
    )
    .map(({ deviceId }) => deviceId);
}

/** Waits, by the browser's timer. */
export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Whether the permission is granted; false if the browser does not say. */
export async function isAllowed(kind: "video" | "audio"): Promise<boolean> {
  try {
    const name = kind === "video" ? "camera" : "microphone";
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
}
