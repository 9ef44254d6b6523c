/** How loud a track is, for a meter before joining and for showing who speaks. */
import { attempt } from "../../protocol/attempt.ts";
import { browserClock, type Clock } from "../clock.ts";

interface LevelMeterOptions {
  readonly clock?: Clock;
  readonly createContext?: () => AudioContext;
}

const everyMs = 50;
/** Quieter than this is silence, louder than `loudDb` is full; dB relative to full scale. */
const silentDb = -60;
const loudDb = -10;

/**
 * One context serves all meters of a page: browsers limit how many there may be. Made with the
 * first meter, closed with the last.
 */
let shared: { readonly context: AudioContext; users: number } | undefined;

/**
 * Calls `onLevel` 20 times a second with the loudness of `track`, 0 (silence) to 1 (loud). Returns
 * the undo.
 */
export function watchLevel(
  track: MediaStreamTrack,
  onLevel: (level: number) => void,
  { clock = browserClock, createContext = () => new AudioContext() }: LevelMeterOptions = {},
): () => void {
  let tap: Tap;
  try {
    tap = openTap(track, createContext);
  } catch {
    // No audio output or too many contexts: a meter that stays at 0 is no reason to fail.
    return () => {};
  }
  let cancel = () => {};
  const tick = () => {
    onLevel(tap.level());
    cancel = clock.after(everyMs, tick);
  };
  cancel = clock.after(everyMs, tick);
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    cancel();
    tap.close();
  };
}

interface Tap {
  level(): number;
  close(): void;
}

function openTap(track: MediaStreamTrack, createContext: () => AudioContext): Tap {
  const use = shared ??= { context: createContext(), users: 0 };
  const { context } = use;
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  use.users++;
  const samples = new Float32Array(analyser.fftSize);
  let looks = 0;
  return {
    level() {
      // Before the first click, and after a phone call, the context may not run; asked for once a
      // second.
      if (looks++ % 20 === 0 && context.state !== "running") void attempt(() => context.resume());
      analyser.getFloatTimeDomainData(samples);
      return loudness(samples);
    },
    close() {
      source.disconnect();
      if (--use.users > 0) return;
      shared = undefined;
      void attempt(() => context.close());
    },
  };
}

/** Root mean square on a decibel scale, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, (decibels - silentDb) / (loudDb - silentDb)));
}
