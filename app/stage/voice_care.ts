/**
 * Sound outside the tiles: volume per person, and recovery after an interruption. The elements are
 * those of Voices.tsx; each lives as long as its person is here.
 */
import { effect } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { ViewStore } from "./view_store.ts";

function elementsOf(peerId: string): HTMLAudioElement[] {
  return [...document.querySelectorAll<HTMLAudioElement>(
    `[data-voice-of="${CSS.escape(peerId)}"] audio`,
  )];
}

function allElements(): HTMLAudioElement[] {
  return [...document.querySelectorAll<HTMLAudioElement>("[data-voice-of] audio")];
}

/** iPhones reserve the volume for their buttons; there an element can only be muted. */
export function canSetVolume(): boolean {
  const trial = new Audio();
  trial.volume = 0.5;
  return trial.volume === 0.5;
}

/** Applies everyone's chosen volume. Returns the undo. */
export function applyLoudness(
  call: Pick<Call, "room">,
  view: Pick<ViewStore, "loudnessOf" | "held">,
): () => void {
  return effect(() => {
    for (const { peerId } of call.room.peers.value) {
      const { volume, silent } = view.loudnessOf(peerId);
      const held = view.held.value.has(peerId);
      // A newcomer's elements may not be drawn yet.
      setTimeout(() => {
        elementsOf(peerId).forEach((audio, index) => {
          audio.volume = volume;
          // The first is the voice, the other the sound of a shared tab.
          audio.muted = silent || (held && index === 0);
        });
      });
    }
  });
}

/** A phone call releases the microphone a moment after it ends. */
const patienceMs = 2_000;

/**
 * After a phone call, an alarm or sleep, browsers leave sound paused and microphones silent. When
 * the page becomes visible, paused sound is played and a silent microphone reopened. Returns the
 * undo.
 */
export function resumeVoices(call: Pick<Call, "media">): () => void {
  const over = new AbortController();
  const { signal } = over;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const play = () => {
    for (const audio of allElements()) {
      if (audio.paused && audio.srcObject !== null) audio.play().catch(() => {});
    }
  };
  const reopen = (source: "camera" | "microphone") => {
    const state = call.media.source(source).peek();
    // This is muting by the system; the person's own mute does not show here.
    if (state.kind === "on" && state.track.muted) void call.media.start(source);
  };
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState !== "visible") return;
    play();
    timer = setTimeout(() => {
      play();
      reopen("microphone");
      reopen("camera");
    }, patienceMs);
  };
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("pageshow", look, { signal });
  const watch = effect(() => {
    const state = call.media.source("microphone").value;
    if (state.kind !== "on") return;
    // The interruption is over, but others' sound may still be paused.
    state.track.addEventListener("unmute", look, { signal });
    return () => state.track.removeEventListener("unmute", look);
  });
  return () => {
    over.abort();
    clearTimeout(timer);
    watch();
  };
}
