/**
 * Why a device did not start, or has stopped. `denied`: the person or the browser refused it;
 * `system`: the operating system refused it to the browser; `busy`: another program uses it, or it
 * does not answer; `insecure`: the page is not on https or localhost.
 */
export type MediaFailure =
  | "denied"
  | "system"
  | "missing"
  | "busy"
  | "insecure"
  | "unsupported"
  | "unknown";

/** The part of navigator.mediaDevices that is used. */
export type DeviceAccess = Pick<
  MediaDevices,
  | "getUserMedia"
  | "getDisplayMedia"
  | "enumerateDevices"
  | "addEventListener"
  | "removeEventListener"
>;

/** Tracks, or the reason why there are none. `hangs`: the browser has not answered yet. */
export type Captured =
  | { readonly ok: true; readonly tracks: readonly MediaStreamTrack[] }
  | { readonly ok: false; readonly failure: MediaFailure; readonly hangs?: true };

/** Runs one capture, and turns its errors into a failure. Never rejects. */
export async function capture(ask: () => Promise<MediaStream>): Promise<Captured> {
  try {
    const stream = await ask();
    return { ok: true, tracks: stream.getTracks() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** By the error names of the Media Capture and Screen Capture specifications. */
function failureOf(error: unknown): MediaFailure {
  const { name, message } = error instanceof Error ? error : { name: "", message: "" };
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      // Chromium says "Permission denied by system" if macOS or Windows refuses the device.
      return /system/.test(message) ? "system" : "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    // Firefox, for a device in use.
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "unknown";
  }
}
