/** For a microphone that seems to give nothing: its exact level, and those beside it. */
import { attempt } from "../../protocol/attempt.ts";
import { isAllowed } from "./device_rescue.ts";

/** Measures one track. */
export interface PeakMeter {
  /** The largest of the last 40 ms' samples, 0 to 1; undefined if the browser lets nothing in. */
  peak(): number | undefined;
  close(): void;
}

/** Measures `track` exactly, unlike `watchLevel`. */
export function watchPeak(track: MediaStreamTrack): PeakMeter {
  let context: AudioContext | undefined;
  try {
    context = new AudioContext();
    const analyser = new AnalyserNode(context, { fftSize: 2048 });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    return meter(context, analyser);
  } catch {
    void attempt(() => context?.close());
    return { peak: () => undefined, close() {} };
  }
}

function meter(context: AudioContext, analyser: AnalyserNode): PeakMeter {
  const samples = new Float32Array(analyser.fftSize);
  return {
    peak() {
      if (context.state !== "running") {
        void attempt(() => context.resume());
        return undefined;
      }
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    },
    close: () => void attempt(() => context.close()),
  };
}

/**
 * Opens a microphone beside the one in use; undefined if the browser would ask the person, or on a
 * phone, where a second one ends the first.
 */
export async function openMicrophone(deviceId: string): Promise<MediaStreamTrack | undefined> {
  const isPhone = attempt(() => matchMedia("(any-pointer: fine)").matches) !== true;
  if (isPhone || !await isAllowed("audio")) return undefined;
  const audio = { deviceId: { exact: deviceId } };
  const stream = await attempt(() => navigator.mediaDevices.getUserMedia({ audio }));
  return stream?.getAudioTracks()[0];
}
