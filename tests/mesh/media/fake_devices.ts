/** navigator.mediaDevices with devices that can be plugged, unplugged, refused and busy. */
import type { DeviceAccess } from "../../../mesh/media/media_failure.ts";
import { fakeStream, FakeTrack } from "../link/fake_track.ts";

interface Device {
  readonly kind: "videoinput" | "audioinput" | "audiooutput";
  readonly deviceId: string;
  readonly label: string;
}

function deviceInfo(device: Device): MediaDeviceInfo {
  return { ...device, groupId: "", toJSON: () => device };
}

export class FakeDevices extends EventTarget implements DeviceAccess {
  readonly devices: Device[] = [];
  /** Every track so far. */
  readonly tracks: FakeTrack[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  /** The options of each picker for a screen. */
  readonly pickers: DisplayMediaStreamOptions[] = [];
  /** DOMException names to throw, by the requested kind. */
  readonly errors = new Map<"video" | "audio" | "screen", string>();
  /** DOMException names to throw, or "hangs", by the id of the device. */
  readonly broken = new Map<string, string>();
  /** Requests wait until it resolves. */
  gate: Promise<void> | undefined;
  screenHasAudio = true;
  listeners = 0;
  readonly #hanging = Promise.withResolvers<void>();

  override addEventListener(...args: Parameters<EventTarget["addEventListener"]>): void {
    this.listeners++;
    super.addEventListener(...args);
  }

  override removeEventListener(...args: Parameters<EventTarget["removeEventListener"]>): void {
    this.listeners--;
    super.removeEventListener(...args);
  }

  /** Lets the requests that hang continue. */
  endHanging(): void {
    this.#hanging.resolve();
  }

  plug(kind: Device["kind"], deviceId: string, label = `label of ${deviceId}`): void {
    this.devices.push({ kind, deviceId, label });
    this.dispatchEvent(new Event("devicechange"));
  }

  /** Ends the tracks of the device, as browsers do. */
  unplug(deviceId: string): void {
    const index = this.devices.findIndex((device) => device.deviceId === deviceId);
    this.devices.splice(index, 1);
    this.dispatchEvent(new Event("devicechange"));
    for (const track of this.tracks) {
      if (track.getSettings().deviceId === deviceId) track.end();
    }
  }

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.devices.map(deviceInfo));
  }

  async getUserMedia(constraints: MediaStreamConstraints = {}): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.gate;
    const kind = constraints.video === undefined ? "audio" : "video";
    this.#mayFail(kind);
    const wanted = wantedId(constraints[kind]);
    const device = this.devices.find((each) =>
      each.kind === `${kind}input` && (wanted === undefined || each.deviceId === wanted)
    );
    if (device === undefined) {
      throw new DOMException(
        "none",
        wanted === undefined ? "NotFoundError" : "OverconstrainedError",
      );
    }
    const fault = this.broken.get(device.deviceId);
    if (fault === "hangs") await this.#hanging.promise;
    else if (fault !== undefined) throw new DOMException(fault, fault);
    return fakeStream(this.#hand(new FakeTrack(kind, device)));
  }

  async getDisplayMedia(options: DisplayMediaStreamOptions = {}): Promise<MediaStream> {
    this.pickers.push(options);
    await this.gate;
    this.#mayFail("screen");
    const video = this.#hand(new FakeTrack("video", { deviceId: "screen-1" }));
    return this.screenHasAudio
      ? fakeStream(video, this.#hand(new FakeTrack("audio")))
      : fakeStream(video);
  }

  get live(): number {
    return this.tracks.filter(({ readyState }) => readyState === "live").length;
  }

  #hand(track: FakeTrack): FakeTrack {
    this.tracks.push(track);
    return track;
  }

  #mayFail(kind: "video" | "audio" | "screen"): void {
    const name = this.errors.get(kind);
    if (name !== undefined) throw new DOMException(name, name);
  }
}

function wantedId(constraints: boolean | MediaTrackConstraints | undefined): string | undefined {
  const wanted = typeof constraints === "object" ? constraints.deviceId : undefined;
  if (typeof wanted !== "object" || Array.isArray(wanted)) return undefined;
  return typeof wanted.exact === "string" ? wanted.exact : undefined;
}
