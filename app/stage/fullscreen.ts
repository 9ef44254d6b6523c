/** Full screen of the room or of one tile. Browsers end it on Escape. */
import { attempt } from "../../protocol/attempt.ts";

/** iPhones support it for videos only, under another name. */
function videoEntry(tile: Element): (() => void) | undefined {
  const video = tile.querySelector("video");
  const enter: unknown = video && Reflect.get(video, "webkitEnterFullscreen");
  return typeof enter === "function" ? () => Reflect.apply(enter, video, []) : undefined;
}

/** Whether the whole room can fill the screen. */
export function canFillRoom(): boolean {
  return attempt(() => document.fullscreenEnabled) === true;
}

/** Whether a tile can fill the screen. */
export function canFillTile(tile: Element): boolean {
  return canFillRoom() || videoEntry(tile) !== undefined;
}

/** Whether the page has put the room in full screen. */
export function isRoomFull(): boolean {
  return attempt(() => document.fullscreenElement) === document.documentElement;
}

/** Must be called from a press. */
export async function toggleRoomFull(): Promise<void> {
  try {
    if (isRoomFull()) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Refused, or already ended.
  }
}

/** Must be called from a press. */
export async function fillTile(tile: Element): Promise<void> {
  try {
    if (canFillRoom()) await tile.requestFullscreen();
    else videoEntry(tile)?.();
  } catch {
    // Refused, or already ended.
  }
}

/** Ends full screen. */
export function leaveFull(): void {
  void attempt(async () => {
    if (document.fullscreenElement !== null) await document.exitFullscreen();
  });
}
