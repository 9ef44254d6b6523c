/** Tests a speaker and a microphone. Loaded with the first test. */
import { attempt } from "../../protocol/attempt.ts";

/** A running test, which can be stopped early; `over` rejects if it failed. */
export interface SoundCheck {
  readonly over: Promise<void>;
  stop(): void;
}

/** C, E and G: distinct even on a bad speaker. Hz and seconds. */
const notes = [523.25, 659.25, 783.99] as const;
const stepSeconds = 0.22;
const ringSeconds = 0.9;
const chimeMs = 1_500;
/** How long a microphone is recorded. */
const sampleMs = 4_000;
/** A browser without any audio output never finishes playing. */
const patienceMs = 3_000;

/** Plays a short sound on a speaker ("" is the system default). Must be called from a click. */
export function playChime(speakerId: string): SoundCheck {
  const context = new AudioContext();
  // Not every browser lets a context choose its speaker; an element that plays its stream can.
  const way = context.createMediaStreamDestination();
  const audio = new Audio();
  audio.srcObject = way.stream;
  return stoppable(async (stopped) => {
    try {
      await beginPlaying(audio, speakerId);
      const start = context.currentTime + 0.05;
      notes.forEach((pitch, index) => ring({ context, way, pitch }, start + index * stepSeconds));
      await pause(chimeMs, stopped);
    } finally {
      audio.pause();
      audio.srcObject = null;
      void attempt(() => context.close());
    }
  });
}

/**
 * Records a microphone for four seconds, calls `onPlaying`, and plays the recording on a speaker.
 */
export function tryMicrophone(track: MediaStreamTrack, { speakerId, onPlaying }: {
  speakerId: string;
  onPlaying: () => void;
}): SoundCheck {
  // A copy, so that the test works while muted and never unmutes.
  const copy = track.clone();
  copy.enabled = true;
  const recorder = new MediaRecorder(new MediaStream([copy]));
  // Created in the click, so that a browser that requires a gesture for sound accepts it.
  const audio = new Audio();
  return stoppable(async (stopped) => {
    const sample = await record(recorder, stopped).finally(() => copy.stop());
    if (stopped.aborted) return;
    onPlaying();
    const address = URL.createObjectURL(sample);
    try {
      audio.src = address;
      const heard = new Promise<void>((resolve) => audio.onended = () => resolve());
      await beginPlaying(audio, speakerId);
      // Its length is unknown, but at most that of the recording.
      await Promise.race([heard, pause(sampleMs + patienceMs, stopped)]);
    } finally {
      audio.pause();
      URL.revokeObjectURL(address);
    }
  });
}

function stoppable(check: (stopped: AbortSignal) => Promise<void>): SoundCheck {
  const ending = new AbortController();
  return { over: check(ending.signal), stop: () => ending.abort() };
}

/** One note with a fast attack and a slow decay. */
function ring(
  { context, way, pitch }: { context: AudioContext; way: AudioNode; pitch: number },
  at: number,
): void {
  const [tone, loudness] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + ringSeconds);
  tone.connect(loudness).connect(way);
  tone.start(at);
  tone.stop(at + ringSeconds);
}

/** Records four seconds, or until it is stopped. */
export async function record(recorder: MediaRecorder, stopped: AbortSignal): Promise<Blob> {
  const parts: Blob[] = [];
  const whole = new Promise<Blob>((resolve, reject) => {
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = () => reject(new Error("the microphone cannot be recorded"));
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }));
  });
  recorder.start();
  await Promise.race([pause(sampleMs, stopped), whole]);
  if (recorder.state !== "inactive") recorder.stop();
  return await whole;
}

/** Plays an element on a speaker; rejects if no sound comes out. */
export async function beginPlaying(audio: HTMLAudioElement, speakerId: string): Promise<void> {
  // A speaker that was unplugged meanwhile is refused; the system default stays.
  if ("setSinkId" in audio) await attempt(() => audio.setSinkId(speakerId));
  const late = pause(patienceMs).then(() => Promise.reject(new Error("no sound comes out")));
  await Promise.race([audio.play(), late]);
}

function pause(ms: number, stopped?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stopped?.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    stopped?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
