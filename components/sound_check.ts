/** Trying out a speaker and a microphone. Loaded with the first try. */

/** What goes on can be ended before its time; `over` is rejected when it could not be done. */
export interface SoundCheck {
  readonly over: Promise<void>;
  stop(): void;
}

/** C, E and G: friendly, and told apart even on a bad speaker. Hz and seconds. */
const notes = [523.25, 659.25, 783.99] as const;
const stepSeconds = 0.22;
const ringSeconds = 0.9;

/** How long a microphone is recorded, ms. */
export const sampleMs = 4_000;

/** Plays a short pleasant sound on a speaker ("" is the system's choice). Call it from a click. */
export function playChime(speakerId: string): SoundCheck {
  const context = new AudioContext();
  // A context cannot choose its speaker in every browser; an element that plays its stream can.
  const way = context.createMediaStreamDestination();
  const audio = new Audio();
  audio.srcObject = way.stream;
  const over = (async () => {
    await begin(audio, speakerId);
    const start = context.currentTime + 0.05;
    const rung = notes.map((pitch, index) =>
      ring({ context, way, pitch }, start + index * stepSeconds)
    );
    await Promise.race([Promise.all(rung), ended(context)]);
  })().finally(() => close());
  const close = () => {
    audio.pause();
    audio.srcObject = null;
    if (context.state !== "closed") void context.close();
  };
  return { over, stop: close };
}

/** One note that swells quickly and dies away slowly; resolves when it is over. */
function ring(
  { context, way, pitch }: { context: AudioContext; way: AudioNode; pitch: number },
  at: number,
): Promise<void> {
  const [tone, loudness] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0.0001, at);
  loudness.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + ringSeconds);
  tone.connect(loudness).connect(way);
  tone.start(at);
  tone.stop(at + ringSeconds);
  return new Promise((resolve) => tone.onended = () => resolve());
}

function ended(context: AudioContext): Promise<void> {
  return new Promise((resolve) => {
    context.addEventListener("statechange", () => context.state === "closed" && resolve());
  });
}

/** Records a microphone for four seconds; `onPlaying` when that is over, then it is heard on a speaker. */
export function tryMicrophone(track: MediaStreamTrack, { speakerId, onPlaying }: {
  speakerId: string;
  onPlaying: () => void;
}): SoundCheck {
  const recorder = new MediaRecorder(new MediaStream([track]));
  // Made in the click, so that a browser that wants a gesture for sound remembers this one.
  const audio = new Audio();
  let stopped = false;
  let silence = () => {};
  const over = (async () => {
    const sample = await record(recorder);
    if (stopped) return;
    onPlaying();
    audio.src = URL.createObjectURL(sample);
    const heard = new Promise<void>((resolve, reject) => {
      silence = resolve;
      audio.onended = () => resolve();
      audio.onerror = () => reject(new Error("the recording does not play"));
    });
    await begin(audio, speakerId);
    await heard;
  })().finally(() => {
    audio.pause();
    if (audio.src !== "") URL.revokeObjectURL(audio.src);
  });
  const stop = () => {
    stopped = true;
    if (recorder.state !== "inactive") recorder.stop();
    silence();
  };
  return { over, stop };
}

function record(recorder: MediaRecorder): Promise<Blob> {
  const parts: Blob[] = [];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => recorder.state !== "inactive" && recorder.stop(), sampleMs);
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = () => reject(new Error("the microphone cannot be recorded"));
    recorder.onstop = () => {
      clearTimeout(timer);
      resolve(new Blob(parts, { type: recorder.mimeType }));
    };
    recorder.start();
  });
}

async function begin(audio: HTMLAudioElement, speakerId: string): Promise<void> {
  // A speaker that was unplugged meanwhile is refused; the system's own stays.
  if ("setSinkId" in audio) await audio.setSinkId(speakerId).catch(() => {});
  await audio.play();
}
