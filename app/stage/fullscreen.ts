/** Full screen of the room or of one tile. Escape ends it everywhere by itself. */
import { attempt } from "../../protocol/attempt.ts";

/** Iphones know it for videos only, under a name of their own. */
function videoEntry(tile: Element): (() => void) | undefined {
  const video = tile.querySelector("video");
  const enter: unknown = video && Reflect.get(video, "webkitEnterFullscreen");
  return typeof enter === "function" ? () => Reflect.apply(enter, video, []) : undefined;
}

/** Whether the whole room can fill the screen. */
export function canFillRoom(): boolean {
  return attempt(() => document.fullscreenEnabled) === true;
}

export function canFillTile(tile: Element): boolean {
  return canFillRoom() || videoEntry(tile) !== undefined;
}

/** The room fills the screen, by our own doing. */
export function isRoomFull(): boolean {
  return attempt(() => document.fullscreenElement) === document.documentElement;
}

/** Must be called from a press. */
export async function toggleRoomFull(): Promise<void> {
  try {
    if (isRoomFull()) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Refused, or already over.
  }
}

/** Must be called from a press. */
export async function fillTile(tile: Element): Promise<void> {
  try {
    if (canFillRoom()) await tile.requestFullscreen();
    else videoEntry(tile)?.();
  } catch {
    // Refused, or already over.
  }
}

/** Ends the full screen that is there. */
export function leaveFull(): void {
  void attempt(async () => {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
  });
}
