/**
 * The blur of the camera, its driver or the system: it costs the page nothing. It is the constraint
 * `backgroundBlur` of "Media Capture and Streams Extensions", which TypeScript does not know.
 */

/**
 * Turns it on where the page may; resolves with whether the background is blurred. Nothing turns it
 * off, because the person may have turned it on in the system; a new track starts without it.
 */
export async function blurByPlatform(track: MediaStreamTrack): Promise<boolean> {
  try {
    const offered: unknown = Reflect.get(track.getCapabilities(), "backgroundBlur");
    if (!Array.isArray(offered) || !offered.includes(true)) return false;
    const constraint: object = { backgroundBlur: { exact: true } };
    await track.applyConstraints({ ...track.getConstraints(), ...constraint });
    return isPlatformBlurred(track);
  } catch {
    return false;
  }
}

/** A system can change it at any time; the track then has a `configurationchange`. */
export function isPlatformBlurred(track: MediaStreamTrack): boolean {
  return Reflect.get(track.getSettings(), "backgroundBlur") === true;
}
