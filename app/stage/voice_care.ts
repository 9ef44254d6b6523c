/**
 * Care for sound outside the tiles: how loud each person is here, and getting it back after an interruption.
 * The elements are those of Voices.tsx; they stay the same as long as their person is here.
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

/** Iphones keep the volume to their own buttons; there an element can be muted only. */
export function canSetVolume(): boolean {
  const trial = new Audio();
  trial.volume = 0.5;
  return trial.volume === 0.5;
}

/** Keeps everybody's sound as loud as wished for. Returns the undo. */
export function applyLoudness(
  call: Pick<Call, "room">,
  view: Pick<ViewStore, "loudnessOf">,
): () => void {
  return effect(() => {
    for (const { peerId } of call.room.peers.value) {
      const { volume, silent } = view.loudnessOf(peerId);
      // A newcomer's elements may not be drawn yet, and begin as loud as all others.
      setTimeout(() => {
        for (const audio of elementsOf(peerId)) {
          audio.volume = volume;
          audio.muted = silent;
        }
      });
    }
  });
}

/** A phone call that ended gives the microphone back a little later. */
const patienceMs = 2_000;

/**
 * After another call, an alarm or a sleep browsers leave sound paused and microphones silent. When the page is seen
 * again what stands still is played, and a microphone that stays silent is opened once more. Returns the undo.
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
    // Muted by the system, that is; one's own mute does not show there.
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
    // The interruption is over: the others' sound may still be paused.
    state.track.addEventListener("unmute", look, { signal });
    return () => state.track.removeEventListener("unmute", look);
  });
  return () => {
    over.abort();
    clearTimeout(timer);
    watch();
  };
}
