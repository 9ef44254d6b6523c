/** Tracks that were made of a device's track and take its place. */

/** The track of the device that each was made of. */
const devices = new WeakMap<MediaStreamTrack, MediaStreamTrack>();

/**
 * `release`: called once when either track ends. `settings`: where those of the made track differ
 * from the device's.
 */
interface Made {
  readonly device: MediaStreamTrack;
  readonly release: () => void;
  readonly settings?: () => MediaTrackSettings;
}

/**
 * Makes `made` behave like the track of the device it was made of: `stop()` stops the device,
 * `ended` fires when the device ends, label, settings and constraints are the device's, and it is
 * muted when the device is. `enabled` stays its own, so that a copy of it still hears the device.
 */
export function actAsDevice(
  made: MediaStreamTrack,
  { device, release, settings = () => ({}) }: Made,
): MediaStreamTrack {
  devices.set(made, device);
  const listening = new AbortController();
  const { signal } = listening;
  const stopMade = made.stop.bind(made);
  const end = () => {
    if (signal.aborted) return;
    listening.abort();
    stopMade();
    release();
  };
  device.addEventListener("ended", () => {
    end();
    made.dispatchEvent(new Event("ended"));
  }, { signal });
  for (const type of ["mute", "unmute"]) {
    device.addEventListener(type, () => made.dispatchEvent(new Event(type)), { signal });
  }
  Object.defineProperties(made, {
    label: { get: () => device.label },
    muted: { get: () => device.muted },
  });
  return Object.assign(made, {
    stop() {
      device.stop();
      end();
    },
    getSettings: () => ({ ...device.getSettings(), ...settings() }),
    getConstraints: () => device.getConstraints(),
    getCapabilities: () => device.getCapabilities(),
    applyConstraints: (constraints?: MediaTrackConstraints) => device.applyConstraints(constraints),
  });
}

/** The track of the device that `track` was made of; itself if it was made of none. */
export function deviceOf(track: MediaStreamTrack): MediaStreamTrack {
  return devices.get(track) ?? track;
}
