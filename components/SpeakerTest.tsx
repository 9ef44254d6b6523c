import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** Plays two notes on a speaker. `speakerId`: "" is the system's choice. */
export function SpeakerTest({ speakerId }: { speakerId: string }): JSX.Element {
  const { talk } = useWords();
  const [plays, setPlays] = useState(false);
  const abort = useRef<AbortController>();
  useEffect(() => () => abort.current?.abort(), [speakerId]);
  const press = async () => {
    abort.current?.abort();
    const own = abort.current = new AbortController();
    setPlays(true);
    await playOn(twoNotes(), { speakerId, signal: own.signal }).catch(() => {});
    if (abort.current === own) setPlays(false);
  };
  return (
    <button type="button" class="menu-key" onClick={press}>
      <Icon name="speaker" class={plays ? "ok" : ""} />
      <span aria-live="polite">{plays ? talk.speakerPlays : talk.testSpeaker}</span>
    </button>
  );
}

/** Plays a sound to its end, or until it is aborted. Rejects when it cannot be played. */
export async function playOn(
  sound: Blob,
  { speakerId, signal }: { speakerId: string; signal: AbortSignal },
): Promise<void> {
  const address = URL.createObjectURL(sound);
  const audio = new Audio(address);
  try {
    // A speaker that was unplugged meanwhile is refused; the system's own stays.
    if ("setSinkId" in audio) await audio.setSinkId(speakerId).catch(() => {});
    if (signal.aborted) return;
    await audio.play();
    await new Promise<void>((resolve) => {
      for (const end of ["ended", "error"]) audio.addEventListener(end, () => resolve());
      signal.addEventListener("abort", () => resolve());
    });
  } finally {
    audio.pause();
    URL.revokeObjectURL(address);
  }
}

const rate = 22_050;
const noteSeconds = 0.35;

/** A fifth upwards, each note fading, as a WAVE file (RIFF, 16 bit, one channel). */
function twoNotes(): Blob {
  const length = Math.round(noteSeconds * rate);
  const samples = new Int16Array(
    [523.25, 783.99].flatMap((hertz) =>
      Array.from({ length }, (_, at) => {
        const seconds = at / rate;
        const loudness = Math.min(1, seconds / 0.01) * (1 - at / length) ** 2;
        return Math.round(Math.sin(2 * Math.PI * hertz * seconds) * loudness * 9_000);
      })
    ),
  );
  const head = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string) =>
    [...text].forEach((letter, index) => head.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  head.setUint32(4, 36 + samples.byteLength, true);
  write(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * 2, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  write(36, "data");
  head.setUint32(40, samples.byteLength, true);
  return new Blob([head, samples], { type: "audio/wav" });
}
