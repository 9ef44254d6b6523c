/** The loudness of a track, for a meter before joining and for showing who speaks. */
import { attempt } from "../../protocol/attempt.ts";
import { browserClock, type Clock } from "../clock.ts";

interface LevelMeterOptions {
  readonly clock?: Clock;
  readonly createContext?: () => AudioContext;
}

const intervalMs = 50;
/**
 * At `silentDb` or below the level is 0, at `loudDb` or above it is 1; dB relative to full scale.
 */
const silentDb = -60;
const loudDb = -10;

/**
 * One context serves all meters of a page, because browsers limit their number. The first meter
 * makes it, the last one closes it.
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
    // There is no audio output, or there are too many contexts: the meter stays at 0.
    return () => {};
  }
  let cancel = () => {};
  const tick = () => {
    onLevel(tap.level());
    cancel = clock.after(intervalMs, tick);
  };
  cancel = clock.after(intervalMs, tick);
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
  let readings = 0;
  return {
    level() {
      // The context may not run before the first click or after a phone call; try once a second.
      if (readings++ % 20 === 0 && context.state !== "running") {
        void attempt(() => context.resume());
      }
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

/** The root mean square of samples from -1 to 1, on a decibel scale from 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length));
  return Math.min(1, Math.max(0, (decibels - silentDb) / (loudDb - silentDb)));
}
