/** Which of a phone's cameras faces which way. Pure. */
import { attempt } from "../../protocol/attempt.ts";

/** The part of a device that is read; only some browsers report capabilities. */
export type Camera = Pick<MediaDeviceInfo, "deviceId" | "label"> & {
  readonly getCapabilities?: () => MediaTrackCapabilities;
};

/** Towards the person, away, or unknown. */
export type Facing = "user" | "environment" | undefined;

/** From the browser's capabilities, else from the label, which phones write in English. */
export function facingOf(camera: Camera): Facing {
  const said = attempt(() => camera.getCapabilities?.().facingMode?.[0]);
  if (said === "user" || said === "environment") return said;
  if (/\b(back|rear|environment)\b/i.test(camera.label)) return "environment";
  return /\b(front|user|selfie)\b/i.test(camera.label) ? "user" : undefined;
}

/**
 * The camera to switch to: the first one that faces the other way (phones list their main ones
 * first), else the next one. Undefined if there is only one.
 */
export function otherCamera<Known extends Camera>(
  cameras: readonly Known[],
  currentId: string | undefined,
): Known | undefined {
  if (cameras.length < 2) return undefined;
  const index = cameras.findIndex(({ deviceId }) => deviceId === currentId);
  const current = cameras[index];
  const facing = current && facingOf(current);
  const wanted = facing === "environment" ? "user" : facing && "environment";
  return cameras.find((camera) => wanted !== undefined && facingOf(camera) === wanted) ??
    cameras[(index + 1) % cameras.length];
}
