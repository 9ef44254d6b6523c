/**
 * A small window with one picture, by the browser's video picture-in-picture. It plays in a
 * separate element, so that the tile is unchanged.
 */
import { effect } from "@preact/signals";
import { attempt } from "../../protocol/attempt.ts";

/** Whether this browser supports such windows. */
export function canOpenVideoWindow(): boolean {
  return attempt(() => document.pictureInPictureEnabled) === true;
}

/**
 * Opens it. Must be called from a press. `track` reads a signal: null keeps the last picture,
 * undefined closes the window. `onClosed` is called once. Returns the function that closes it.
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
    // Deferred, because closing disposes this effect while it first runs.
    if (now === undefined) queueMicrotask(close);
    else if (now !== null) {
      video.srcObject = new MediaStream([now]);
      video.play().catch(() => {});
    }
  });
  enter(video).catch(close);
  return close;
}

/** Waits for the first frame, which gives the window its size. */
async function enter(video: HTMLVideoElement): Promise<void> {
  if (video.readyState < HTMLMediaElement.HAVE_METADATA) {
    await new Promise<void>((resolve, reject) => {
      video.addEventListener("loadedmetadata", () => resolve(), { once: true });
      video.addEventListener("error", () => reject(new Error("no picture")), { once: true });
    });
  }
  await video.requestPictureInPicture();
}
