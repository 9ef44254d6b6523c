/** What is different from what a person may expect of microphone and camera: how one comes back, another device. Pure. */
import type { SourceState, Wish, Words } from "../mod.ts";
import { fill } from "../ui/phrases.ts";

/** For the room: what is off, and what the others hear or see all the same. */
export function returnWords(
  { camera, microphone, muted }: Wish,
  { toasts }: Words,
): { readonly title: string; readonly line?: string } {
  const isSilent = !microphone || muted === true;
  if (isSilent && !camera) return { title: toasts.mutedAndDark };
  if (isSilent) return { title: toasts.muted, line: toasts.cameraOn };
  return camera ? { title: toasts.heard } : { title: toasts.dark, line: toasts.microphoneOn };
}

/** For the page before joining; undefined when nothing is off. */
export function stillOff(
  { camera, microphone }: Wish,
  { entering }: Words,
): string | undefined {
  const { stillOff } = entering;
  if (camera) return microphone ? undefined : stillOff.microphone;
  return microphone ? stillOff.camera : stillOff.both;
}

/** Names the device that does not start and the one in its place; undefined when it is the wanted one. */
export function insteadWords(
  { state, device }: { state: SourceState; device: "camera" | "microphone" },
  { toasts, before }: Words,
): string | undefined {
  if (state.kind !== "on" || state.insteadOf === undefined) return undefined;
  const wanted = state.insteadOf || before[device];
  return fill(toasts.instead, { wanted, label: state.track.label });
}
