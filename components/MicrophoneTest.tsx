import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { playOn } from "./SpeakerTest.tsx";
import { useWords } from "./words.ts";

/** `track`: the microphone's, muted or not; `speakerId`: where it is played, "" the system's choice. */
export interface MicrophoneTestProps {
  readonly track: MediaStreamTrack;
  readonly speakerId: string;
}

const recordMs = 4_000;

/** Records some seconds of one's voice and plays them back. Nothing of it leaves the page or is kept. */
export function MicrophoneTest({ track, speakerId }: MicrophoneTestProps): JSX.Element | null {
  const { talk } = useWords();
  const [phase, setPhase] = useState<"idle" | "records" | "plays">("idle");
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), [track]);
  if (typeof MediaRecorder === "undefined") return null;
  const begin = async () => {
    const abort = new AbortController();
    stop.current = () => abort.abort();
    const over = () => !abort.signal.aborted && setPhase("idle");
    setPhase("records");
    try {
      const recording = await record(track, abort.signal);
      if (abort.signal.aborted) return;
      setPhase("plays");
      await playOn(recording, { speakerId, signal: abort.signal });
    } catch {
      // This browser cannot record, or the microphone went away: the key offers it again.
    }
    over();
  };
  const press = () => {
    if (phase === "idle") return void begin();
    stop.current();
    setPhase("idle");
  };
  const caption = { idle: talk.test, records: talk.records, plays: talk.plays }[phase];
  return (
    <button type="button" class={`menu-key test-${phase}`} onClick={press}>
      {phase === "idle"
        ? <Icon name="microphone" />
        : phase === "records"
        ? <Icon name="speaking" class="ok" />
        : <Icon name="speaker" class="ok" />}
      <span aria-live="polite">{caption}</span>
      {phase !== "idle" && <span class="menu-key-more">{talk.stopTest}</span>}
    </button>
  );
}

/** Of a copy, so that a test works while muted and never unmutes. Rejects where the browser cannot. */
async function record(track: MediaStreamTrack, signal: AbortSignal): Promise<Blob> {
  const copy = track.clone();
  copy.enabled = true;
  try {
    const recorder = new MediaRecorder(new MediaStream([copy]));
    const chunks: Blob[] = [];
    const done = new Promise<void>((resolve, reject) => {
      recorder.addEventListener("dataavailable", ({ data }) => chunks.push(data));
      recorder.addEventListener("stop", () => resolve());
      recorder.addEventListener("error", () => reject(new Error("the recorder failed")));
    });
    recorder.start();
    const end = () => recorder.state === "inactive" || recorder.stop();
    const timer = setTimeout(end, recordMs);
    signal.addEventListener("abort", end);
    await done;
    clearTimeout(timer);
    return new Blob(chunks, { type: recorder.mimeType });
  } finally {
    copy.stop();
  }
}
