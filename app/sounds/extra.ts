/** Sounds for people who come, go or raise a hand; off at first. See extras/extra.ts. */
import type { Call } from "../call/mod.ts";
import type { Extra } from "../extras/views.ts";
import { watchRoom, watchSwitches } from "./room_sounds.ts";
import { type RoomSound, Tones } from "./tones.ts";

/** Plays what the person has turned on. */
export function open(call: Call): Extra {
  const tones = new Tones();
  const play = (sound: RoomSound, speakerId: string) => void tones.play(sound, speakerId);
  const undos = [
    watchRoom(call, { play, isHeard, now: () => performance.now() }),
    watchSwitches(call, play),
  ];
  return {
    close() {
      for (const undo of undos) undo();
      tones.close();
    },
  };
}

/** False while the browser holds all voices back, or the person has silenced everybody. */
function isHeard(): boolean {
  const voices = [...document.querySelectorAll<HTMLAudioElement>("[data-voice-of] audio")]
    .filter(({ srcObject }) => srcObject !== null);
  return voices.length === 0 || voices.some(({ paused, muted }) => !paused && !muted);
}
