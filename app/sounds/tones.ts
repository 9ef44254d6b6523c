/** The sounds of a room, synthesised rather than loaded. */
import { attempt } from "../../protocol/attempt.ts";

/** What is heard. */
export type RoomSound = "joined" | "left" | "hand";

/** Notes in Hz, in order. Those of a chat line and a knock are two others (chat_notices.ts). */
const sounds: Readonly<Record<RoomSound, { type: OscillatorType; notes: readonly number[] }>> = {
  joined: { type: "triangle", notes: [392, 523.25] },
  left: { type: "triangle", notes: [523.25, 392] },
  hand: { type: "sine", notes: [783.99, 987.77, 1_174.66] },
};
/** Seconds from one note to the next, and until one has faded. */
const [stepSeconds, fadeSeconds] = [0.12, 0.5];
const loudness = 0.08;

/** Plays sounds on one speaker. */
export class Tones {
  #context: AudioContext | undefined;

  /**
   * Plays a sound now or not at all: browsers hold sound back before the first press, and it would
   * come later, for nothing. `speakerId`: "" is the system default.
   */
  async play(sound: RoomSound, speakerId: string): Promise<void> {
    this.#context ??= attempt(() => new AudioContext());
    const context = this.#context;
    if (context === undefined) return;
    if (context.state !== "running") {
      void attempt(() => context.resume());
      await Promise.race([stateChange(context), pause(startMs)]);
    }
    if (context.state !== "running") return;
    await useSpeaker(context, speakerId);
    const { type, notes } = sounds[sound];
    notes.forEach((frequency, index) => {
      const start = context.currentTime + index * stepSeconds;
      const tone = new OscillatorNode(context, { type, frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setTargetAtTime(loudness, start, 0.01);
      volume.gain.setTargetAtTime(0, start + stepSeconds, 0.06);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + stepSeconds + fadeSeconds);
    });
  }

  /** Ends what still sounds. */
  close(): void {
    const context = this.#context;
    void attempt(() => context?.close());
  }
}

/** A context that may run does so by then, ms. */
const startMs = 250;

function stateChange(context: AudioContext): Promise<unknown> {
  return new Promise((resolve) => context.addEventListener("statechange", resolve, { once: true }));
}

function pause(ms: number): Promise<unknown> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Not every browser lets a context choose; a speaker that is gone is refused. */
async function useSpeaker(context: AudioContext, speakerId: string): Promise<void> {
  const choose: unknown = Reflect.get(context, "setSinkId");
  if (typeof choose !== "function") return;
  await attempt(async () => await Reflect.apply(choose, context, [speakerId]));
}
