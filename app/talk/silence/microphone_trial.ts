/** Listens to microphones for some seconds, to find one that hears a voice. */
import type { After, WatchLevel } from "../../devices/mod.ts";

/** A microphone of the list. */
export type Microphone = Pick<MediaDeviceInfo, "deviceId" | "groupId" | "label">;

/** What a trial needs of the browser. */
export interface TrialFacts {
  readonly watchLevel: WatchLevel;
  /** Opens a microphone; undefined if that needs a question, or fails. */
  readonly open: (deviceId: string) => Promise<MediaStreamTrack | undefined>;
  readonly after: After;
}

/** `found`: called at most once. */
export interface TrialOptions extends TrialFacts {
  readonly found: (microphone: Microphone) => void;
}

const lastsMs = 8_000;
/** A voice, as in muted_speech.ts: of the last levels, 20 a second, so many are so loud. */
const voice = { level: 0.35, loud: 12, of: 30 };

/** One trial, which ends by itself. */
export class MicrophoneTrial {
  readonly #options: TrialOptions;
  readonly #undos: (() => void)[];
  #closed = false;

  constructor(microphones: readonly Microphone[], options: TrialOptions) {
    this.#options = options;
    this.#undos = [options.after(lastsMs, () => this.close())];
    for (const microphone of microphones) void this.#listenTo(microphone);
  }

  close(): void {
    this.#closed = true;
    for (const undo of this.#undos.splice(0)) undo();
  }

  async #listenTo(microphone: Microphone): Promise<void> {
    const { open, watchLevel, found } = this.#options;
    const track = await open(microphone.deviceId);
    if (track === undefined) return;
    if (this.#closed) return track.stop();
    let levels: boolean[] = [];
    const unwatch = watchLevel(track, (level) => {
      levels = [...levels, level >= voice.level].slice(-voice.of);
      if (levels.filter((isLoud) => isLoud).length < voice.loud) return;
      this.close();
      found(microphone);
    });
    this.#undos.push(unwatch, () => track.stop());
  }
}
