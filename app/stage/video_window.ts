/**
 * A small window with one picture, by the browser's picture-in-picture for videos. It plays in an element of its own,
 * so that the tile in the page goes on as it was.
 */
import { effect } from "@preact/signals";
import { attempt } from "../../protocol/attempt.ts";

/** Whether this browser has such windows. */
export function canOpenVideoWindow(): boolean {
  return attempt(() => document.pictureInPictureEnabled) === true;
}

/**
 * Opens it; must be called from a press. `track` is read as a signal: null keeps the last picture, undefined ends it.
 * `onClosed` comes once, however it ends. Returns the way to close it.
 */
export function openVideoWindow(
  track: () => MediaStreamTrack | null | undefined,
  onClosed: () => void,
): () => void {
  const video = document.createElement("video");
  video.className = "window-source";
  video.muted = true;
  video.playsInline = true;
  video.setAttribute("aria-hidden", "true");
  document.body.append(video);
  let unfollow = () => {};
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    unfollow();
    void attempt(async () => {
      if (document.pictureInPictureElement === video) await document.exitPictureInPicture();
    });
    video.remove();
    video.srcObject = null;
    onClosed();
  };
  video.addEventListener("leavepictureinpicture", close);
  unfollow = effect(() => {
    const now = track();
    // Closing ends this effect, which has just begun.
    if (now === undefined) queueMicrotask(close);
    else if (now !== null) {
      video.srcObject = new MediaStream([now]);
      video.play().catch(() => {});
    }
  });
  enter(video).catch(close);
  return close;
}

/** There is no size to open a window with before the first picture. */
async function enter(video: HTMLVideoElement): Promise<void> {
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener("loadedmetadata", () => resolve(), { once: true });
      video.addEventListener("error", () => reject(new Error("no picture")), { once: true });
    });
  }
  await video.requestPictureInPicture();
}
