/**
 * Why a source did not start or stopped. `denied`: by the person or the browser; `system`: the
 * browser itself may not; `insecure`: the page is not on https or localhost.
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

/** Tracks, or the reason why there are none. `hangs`: the browser has not answered for long. */
export type Captured =
  | { readonly ok: true; readonly tracks: readonly MediaStreamTrack[] }
  | { readonly ok: false; readonly failure: MediaFailure; readonly hangs?: true };

/** Runs one capture; whatever it throws, now or later, becomes a failure. */
export async function capture(ask: () => Promise<MediaStream>): Promise<Captured> {
  try {
    const stream = await ask();
    return { ok: true, tracks: stream.getTracks() };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/**
 * By the error names of the Media Capture and Screen Capture specifications, and Firefox's own for
 * a busy device.
 */
function failureOf(error: unknown): MediaFailure {
  const { name, message } = error instanceof Error || error instanceof DOMException
    ? error
    : { name: "", message: "" };
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      // Chromium's words when macOS or Windows keeps the device from the browser: "Permission
      // denied by system".
      return /system/.test(message) ? "system" : "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "unknown";
  }
}
