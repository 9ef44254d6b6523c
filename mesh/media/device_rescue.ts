/**
 * A device that is wished for and does not start: one more try with it, then another device. Loaded
 * with the first such failure. Invariants:
 * 1 A start asks the browser five times at most, whatever devices come and go meanwhile.
 * 2 What a person or the system refuses is not asked for again.
 * 3 A device that is no longer there is replaced by the browser's choice, as if none was chosen.
 */
import type { Captured, MediaFailure } from "./media_failure.ts";

/** Tracks and, where they are not of the wished device, that one's label, "" if nobody knows it. */
export type Rescued = Captured & { readonly insteadOf?: string };

/** What failed, and the means to try again. */
export interface Rescue {
  readonly failure: MediaFailure;
  /** The browser still tries; asking it for the same once more would only wait behind. */
  readonly hangs: true | undefined;
  readonly choice: { readonly deviceId?: string; readonly label?: string };
  /** All devices of the kind, as far as the browser tells them. */
  readonly devices: () => Promise<readonly MediaDeviceInfo[]>;
  /** Asks for a device; without an id for any. */
  readonly capture: (deviceId?: string) => Promise<Captured>;
  /** False once nobody waits for it. */
  readonly isWanted: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * A page that was just reloaded, or another program that was just closed, has let go by then, ms.
 */
const againMs = 500;
const mostOthers = 2;

/** Failures of a device, not of a permission or a browser. */
function isBroken(captured: Captured): boolean {
  return !captured.ok && /busy|unknown|missing/.test(captured.failure);
}

/** The way to a device after a first failure. */
export async function rescue(options: Rescue): Promise<Rescued> {
  const { choice, failure, capture } = options;
  const listed = (await options.devices()).filter(({ deviceId }) => deviceId !== "");
  const wanted = wantedOf(choice, listed);
  const isListed = wanted !== undefined && wanted.deviceId === choice.deviceId;
  if (failure !== "missing" || isListed) return await insist(options, { ...choice, listed });
  // Gone, or known by another id since the site's data were cleared.
  const found = await capture(wanted?.deviceId);
  if (!isBroken(found)) return found;
  if (wanted === undefined) {
    return failedAs(found, "missing") ? found : await insist(options, { listed });
  }
  const { deviceId, label } = wanted;
  return await insist(options, { deviceId, label, listed });
}

type Devices = readonly MediaDeviceInfo[];

function wantedOf({ deviceId, label }: Rescue["choice"], listed: Devices) {
  return listed.find((device) => device.deviceId === deviceId) ??
    listed.find((device) => device.label !== "" && device.label === label);
}

function failedAs(captured: Captured, failure: MediaFailure): boolean {
  return !captured.ok && captured.failure === failure;
}

/** One more try, then others. */
async function insist(
  { capture, isWanted, pause, hangs }: Rescue,
  { deviceId, label = "", listed }: Rescue["choice"] & { readonly listed: Devices },
): Promise<Rescued> {
  if (!hangs) await pause(againMs);
  const before: Captured = { ok: false, failure: "busy" };
  const again = hangs || !isWanted() ? before : await capture(deviceId);
  if (!isBroken(again)) return again;
  // What the browser takes by itself is mostly the first.
  const wanted = deviceId === undefined ? listed[0] : wantedOf({ deviceId }, listed);
  const insteadOf = wanted?.label || label;
  // Before the first permission no device has an id; then the browser may know another one.
  const ids = listed.length > 0 ? othersThan(wanted, listed) : deviceId ? [undefined] : [];
  for (const other of ids.slice(0, mostOthers)) {
    if (!isWanted()) break;
    const captured = await capture(other);
    if (captured.ok) return { ...captured, insteadOf };
    if (!isBroken(captured)) return captured;
  }
  // It is there, so nobody should be told to plug one in.
  return failedAs(again, "missing") ? { ok: false, failure: "unknown" } : again;
}

/**
 * Ids of other devices; some browsers list the system's choice once more under its own id, in the
 * same group.
 */
function othersThan(wanted: MediaDeviceInfo | undefined, listed: Devices): string[] {
  return listed
    .filter(({ deviceId, groupId }) =>
      deviceId !== wanted?.deviceId && !/^(default|communications)$/.test(deviceId) &&
      (groupId === "" || groupId !== wanted?.groupId)
    )
    .map(({ deviceId }) => deviceId);
}

/** Waits by the browser's own time. */
export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Whether the browser would start a device without asking the person first. */
export async function isAllowed(kind: "video" | "audio"): Promise<boolean> {
  try {
    const name = kind === "video" ? "camera" : "microphone";
    return (await navigator.permissions.query({ name })).state === "granted";
  } catch {
    return false;
  }
}
