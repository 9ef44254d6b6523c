import type { JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import type { SoundTrial } from "./use_sound_check.ts";
import { useWords } from "../ui/words.ts";

/**
 * Records some seconds of the person's voice and plays them back. Nothing leaves the page or is
 * kept.
 */
export function MicrophoneTest({ trying, microphone }: SoundTrial): JSX.Element | null {
  const { talk } = useWords();
  if (typeof MediaRecorder === "undefined") return null;
  const phase = trying.kind === "recording" || trying.kind === "playing" ? trying.kind : "idle";
  const caption = { idle: talk.test, recording: talk.records, playing: talk.plays }[phase];
  return (
    <button type="button" class={`menu-key test-${phase}`} onClick={microphone}>
      {phase === "idle"
        ? <Icon name="microphone" />
        : phase === "recording"
        ? <Icon name="speaking" class="ok" />
        : <Icon name="speaker" class="ok" />}
      <span aria-live="polite">{caption}</span>
      {phase !== "idle" && <span class="menu-key-more">{talk.stopTest}</span>}
    </button>
  );
}

/** Plays three notes on the chosen speaker. */
export function SpeakerTest({ trying, speaker }: SoundTrial): JSX.Element {
  const { talk } = useWords();
  const plays = trying.kind === "speaker";
  return (
    <button type="button" class="menu-key" onClick={speaker}>
      <Icon name="speaker" class={plays ? "ok" : ""} />
      <span aria-live="polite">{plays ? talk.speakerPlays : talk.testSpeaker}</span>
    </button>
  );
}
