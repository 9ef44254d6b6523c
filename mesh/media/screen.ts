/**
 * Own screen, window or tab, with its sound where the browser offers it. Invariants:
 * 1 A share goes on until there is a new one: the person may close the picker.
 * 2 The newest wish wins; what an older one still brings is stopped at once.
 * 3 However it ends, also by the browser's bar, both of its tracks end and are reported as null.
 * 4 No promise is ever rejected; the state says what happened.
 */
import type { SourceState } from "./device_source.ts";
import type { Captured } from "./media_failure.ts";

/** What a share is for: letters that must be sharp, or pictures that must be smooth. */
export type ScreenUse = "text" | "motion";

/** What a browser can share. */
export type Surface = "monitor" | "window" | "browser";

interface ScreenSourceOptions {
  readonly capture: (options: DisplayMediaStreamOptions) => Promise<Captured>;
  readonly changed: (state: SourceState) => void;
  /** What the slot carries from now on; told again when what it is for has changed. */
  readonly carry: (slot: "screen" | "screen-audio", track: MediaStreamTrack | null) => void;
}

/**
 * Options of the Screen Capture specification that the type library does not know yet; others
 * ignore them.
 */
interface PickerOptions extends DisplayMediaStreamOptions {
  readonly selfBrowserSurface: "exclude";
  readonly surfaceSwitching: "include";
  readonly systemAudio: "include";
}

/**
 * Letters want every pixel and few pictures a second, motion the reverse. More than 1440 lines cost
 * a mesh more than they show. The hints are those of MST Content Hints.
 */
const uses = {
  text: { hint: "detail", width: 2560, height: 1440, frameRate: 15 },
  motion: { hint: "motion", width: 1920, height: 1080, frameRate: 30 },
} as const;

/** Own screen, or nothing. */
export class ScreenSource {
  readonly #options: ScreenSourceOptions;
  readonly #carried = new Map<"screen" | "screen-audio", MediaStreamTrack>();
  #state: SourceState = { kind: "off" };
  #turn = 0;
  #closed = false;

  constructor(options: ScreenSourceOptions) {
    this.#options = options;
  }

  get state(): SourceState {
    return this.#state;
  }

  /** The sound that is shared along; null without one. */
  get sound(): MediaStreamTrack | null {
    return this.#carried.get("screen-audio") ?? null;
  }

  /** Lets the person pick, at first or anew. Must be called from a click. */
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

  /** Changes what a running share is for, without asking again. */
  async setUse(use: ScreenUse): Promise<void> {
    const video = this.#carried.get("screen");
    if (video === undefined) return;
    await suit(video, use);
    // The senders have another rule for it now.
    if (this.#carried.get("screen") === video) this.#options.carry("screen", video);
  }

  stop(): void {
    this.#turn++;
    this.#release();
    if (this.#state.kind !== "off") this.#become({ kind: "off" });
    this.#carry("screen", null);
    this.#carry("screen-audio", null);
  }

  /** For good. */
  close(): void {
    this.#closed = true;
    this.stop();
  }

  #share(
    video: MediaStreamTrack,
    { audio, use }: { audio: MediaStreamTrack | undefined; use: ScreenUse },
  ): void {
    this.#release();
    // The browser's own bar ends the picture; its sound may also end alone.
    video.addEventListener("ended", () => {
      if (this.#carried.get("screen") === video) this.stop();
    }, { once: true });
    audio?.addEventListener("ended", () => {
      if (this.#carried.get("screen-audio") === audio) this.#carry("screen-audio", null);
    }, { once: true });
    void suit(video, use);
    // Who watches the state finds the sound already there.
    this.#carry("screen-audio", audio ?? null);
    this.#become({ kind: "on", track: video, deviceId: video.getSettings().deviceId ?? "" });
    this.#carry("screen", video);
  }

  #release(): void {
    for (const track of this.#carried.values()) track.stop();
  }

  #carry(slot: "screen" | "screen-audio", track: MediaStreamTrack | null): void {
    if ((this.#carried.get(slot) ?? null) === track) return;
    if (track === null) this.#carried.delete(slot);
    else this.#carried.set(slot, track);
    this.#options.carry(slot, track);
  }

  #become(state: SourceState): void {
    this.#state = state;
    this.#options.changed(state);
  }
}

/** Which kind of thing is shared; undefined where the browser does not tell. */
export function surfaceOf(track: MediaStreamTrack): Surface | undefined {
  const { displaySurface } = track.getSettings();
  return (["monitor", "window", "browser"] as const).find((kind) => kind === displaySurface);
}

/**
 * What the browser's picker offers. Asked for the most of both uses, since constraints can be
 * narrowed later but not always widened. The sharer goes on hearing a shared tab (no
 * suppressLocalAudioPlayback); the call's own tab is no choice, or the others would hear
 * themselves. A tab's sound may be music, so nothing is done to it.
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
 * Fits a track to what it is for. A browser that cannot narrow it still sends by the senders' rule.
 */
async function suit(track: MediaStreamTrack, use: ScreenUse): Promise<void> {
  const { hint, width, height, frameRate } = uses[use];
  track.contentHint = hint;
  try {
    await track.applyConstraints({
      width: { max: width },
      height: { max: height },
      frameRate: { max: frameRate },
    });
  } catch {
    // Ended meanwhile, or not supported.
  }
}
