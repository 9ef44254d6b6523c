/**
 * The own shared screen, window or tab, with its sound if the browser offers it. Invariants:
 * 1 A share continues until a new one has started: the person may close the picker.
 * 2 The newest request wins; tracks that an older one still brings are stopped at once.
 * 3 However a share ends, also by the browser's bar, both of its tracks end and are reported as
 *   null.
 * 4 No promise is rejected; the state says what happened.
 */
import type { SourceState } from "./device_source.ts";
import type { Captured } from "./media_failure.ts";

/** What a share shows: text that must be sharp, or motion that must be smooth. */
export type ScreenUse = "text" | "motion";

/** What a browser can share. */
export type Surface = "monitor" | "window" | "browser";

interface ScreenSourceOptions {
  readonly capture: (options: DisplayMediaStreamOptions) => Promise<Captured>;
  readonly changed: (state: SourceState) => void;
  /** The share ended by itself: the browser's bar was used, or what was shared is closed. */
  readonly ended: () => void;
  /** Called with the track that the slot sends from now on; again when its use has changed. */
  readonly setTrack: (slot: "screen" | "screen-audio", track: MediaStreamTrack | null) => void;
}

/** Options of the Screen Capture specification that TypeScript's library does not declare yet. */
interface PickerOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: "exclude";
  readonly surfaceSwitching: "include";
  readonly systemAudio: "include";
}

/**
 * Text needs every pixel and few frames per second, motion the reverse. More than 1440 lines cost a
 * mesh more than they improve the picture. `hint`: see MediaStreamTrack Content Hints.
 */
const uses = {
  text: { hint: "detail", width: 2560, height: 1440, frameRate: 15 },
  motion: { hint: "motion", width: 1920, height: 1080, frameRate: 30 },
} as const;

/** The own shared screen, if any. */
export class ScreenSource {
  readonly #options: ScreenSourceOptions;
  readonly #tracks = new Map<"screen" | "screen-audio", MediaStreamTrack>();
  #state: SourceState = { kind: "off" };
  #turn = 0;
  #closed = false;

  constructor(options: ScreenSourceOptions) {
    this.#options = options;
  }

  /** The state of the share. */
  get state(): SourceState {
    return this.#state;
  }

  /** The shared sound; null if there is none. */
  get sound(): MediaStreamTrack | null {
    return this.#tracks.get("screen-audio") ?? null;
  }

  /** Lets the person choose what to share, or something else. Call it in a click. */
  async start(use: ScreenUse): Promise<SourceState> {
    if (this.#closed) return this.#state;
    const turn = ++this.#turn;
    if (this.#state.kind !== "on") this.#become({ kind: "starting" });
    const captured = await this.#options.capture(picker());
    const tracks = captured.ok ? captured.tracks : [];
    const video = tracks.find(({ kind }) => kind === "video");
    if (turn !== this.#turn) {
      for (const track of tracks) track.stop();
    } else if (video !== undefined) {
      this.#share(video, { audio: tracks.find(({ kind }) => kind === "audio"), use });
    } else if (this.#state.kind !== "on") {
      this.#become({ kind: "failed", failure: captured.ok ? "missing" : captured.failure });
    }
    return this.#state;
  }

  /** Changes the use of a running share, without asking the person again. */
  async setUse(use: ScreenUse): Promise<void> {
    const video = this.#tracks.get("screen");
    if (video === undefined) return;
    await applyUse(video, use);
    // Its senders have another rule now.
    if (this.#tracks.get("screen") === video) this.#options.setTrack("screen", video);
  }

  /** Ends the share. A picker that is open no longer has an effect. */
  stop(): void {
    this.#turn++;
    this.#release();
    if (this.#state.kind !== "off") this.#become({ kind: "off" });
    this.#setTrack("screen", null);
    this.#setTrack("screen-audio", null);
  }

  /** Ends the share for good. */
  close(): void {
    this.#closed = true;
    this.stop();
  }

  #share(
    video: MediaStreamTrack,
    { audio, use }: { audio: MediaStreamTrack | undefined; use: ScreenUse },
  ): void {
    this.#release();
    // The browser's bar ends the picture; the sound may also end alone.
    video.addEventListener("ended", () => {
      if (this.#tracks.get("screen") !== video) return;
      this.stop();
      this.#options.ended();
    }, { once: true });
    audio?.addEventListener("ended", () => {
      if (this.#tracks.get("screen-audio") === audio) this.#setTrack("screen-audio", null);
    }, { once: true });
    void applyUse(video, use);
    // The sound comes first, so that it is there when listeners learn of the new state.
    this.#setTrack("screen-audio", audio ?? null);
    this.#become({ kind: "on", track: video, deviceId: video.getSettings().deviceId ?? "" });
    this.#setTrack("screen", video);
  }

  #release(): void {
    for (const track of this.#tracks.values()) track.stop();
  }

  #setTrack(slot: "screen" | "screen-audio", track: MediaStreamTrack | null): void {
    if ((this.#tracks.get(slot) ?? null) === track) return;
    if (track === null) this.#tracks.delete(slot);
    else this.#tracks.set(slot, track);
    this.#options.setTrack(slot, track);
  }

  #become(state: SourceState): void {
    this.#state = state;
    this.#options.changed(state);
  }
}

/** What kind of surface is shared; undefined if the browser does not say. */
export function surfaceOf(track: MediaStreamTrack): Surface | undefined {
  const { displaySurface } = track.getSettings();
  return (["monitor", "window", "browser"] as const).find((kind) => kind === displaySurface);
}

/**
 * Options of the browser's picker. They request the maximum of both uses, because constraints can
 * be narrowed later but not always widened. The person still hears a shared tab (no
 * suppressLocalAudioPlayback). The tab of the call is excluded, or the others would hear
 * themselves. A tab's sound may be music, so it is not processed.
 */
function picker(): PickerOptions {
  return {
    video: {
      width: { max: uses.text.width },
      height: { max: uses.text.height },
      frameRate: { max: uses.motion.frameRate },
    },
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
    systemAudio: "include",
  };
}

/**
 * Sets a track's hint and limits. If the limits fail, the senders' rule still applies. A screen
 * that does not move delivers a frame a second; with `min: 0` Chromium encodes the last one again
 * until it is sharp.
 */
async function applyUse(track: MediaStreamTrack, use: ScreenUse): Promise<void> {
  const { hint, width, height, frameRate } = uses[use];
  track.contentHint = hint;
  try {
    await track.applyConstraints({
      width: { max: width },
      height: { max: height },
      frameRate: { min: 0, max: frameRate },
    });
  } catch {
    // The track has ended, or the browser does not support it.
  }
}
