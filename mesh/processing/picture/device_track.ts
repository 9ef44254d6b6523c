/** Lets a processed track take the place of its device's track. */

/** What becomes of the made track. */
export interface StandIn {
  /** Where the settings of the made track differ from those of the device. */
  readonly settings?: () => MediaTrackSettings;
  /** Called once, when the track was stopped or its device has ended. */
  readonly onEnd: () => void;
}

/**
 * Makes `made` behave like `device`: `stop()` stops the device, `ended` fires when the device ends,
 * and label, settings and capabilities are the device's. Returns `made`.
 */
export function standInFor(
  { device, made }: { readonly device: MediaStreamTrack; readonly made: MediaStreamTrack },
  { settings = () => ({}), onEnd }: StandIn,
): MediaStreamTrack {
  const stopMade = made.stop.bind(made);
  let isOver = false;
  const end = () => {
    if (isOver) return false;
    isOver = true;
    stopMade();
    onEnd();
    return true;
  };
  // stop() fires no event, of no track.
  device.addEventListener("ended", () => void (end() && made.dispatchEvent(new Event("ended"))));
  const stop = () => {
    end();
    device.stop();
  };
  Object.defineProperties(made, {
    label: { value: device.label },
    stop: { value: stop },
    getSettings: { value: () => ({ ...device.getSettings(), ...settings() }) },
    getCapabilities: { value: () => device.getCapabilities() },
    applyConstraints: { value: device.applyConstraints.bind(device) },
  });
  return made;
}
