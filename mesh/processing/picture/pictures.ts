/**
 * The two ways of pictures from a camera's track to the worker and from there into a new track.
 * Streams are faster and go on while the page is hidden; only Chromium has them for a page. Where
 * there are none, a video and a canvas of the page do it, of which browsers paint about one a
 * second while the page is hidden.
 */
import { browserClock } from "../../clock.ts";
import type { PictureOrder } from "./treatment.ts";

/** A track with the pictures that the worker makes. */
export interface Pictures {
  readonly made: MediaStreamTrack;
  /** Takes the worker's answer to a picture that it was sent; streams need none. */
  receive(bitmap: ImageBitmap | undefined): void;
  close(): void;
}

/** A source of the pictures of a track; TypeScript does not know it yet. */
type Processor = new (init: { track: MediaStreamTrack }) => {
  readonly readable: ReadableStream<VideoFrame>;
};
/** A track of the pictures written to it. */
type Generator = new (init: { kind: "video" }) => MediaStreamTrack & {
  readonly writable: WritableStream<VideoFrame>;
};

/** So long a hidden page waits for the next picture, ms. */
const hiddenMs = 1_000;

/** Starts to give the pictures of `device` to the worker. */
export function sendPictures(device: MediaStreamTrack, worker: Worker): Pictures {
  const Processor: Processor | undefined = Reflect.get(
    globalThis as object,
    "MediaStreamTrackProcessor",
  );
  const Generator: Generator | undefined = Reflect.get(globalThis, "MediaStreamTrackGenerator");
  return Processor === undefined || Generator === undefined
    ? byCanvas(device, worker)
    : byStreams({ device, worker }, { Processor, Generator });
}

function byStreams(
  { device, worker }: { device: MediaStreamTrack; worker: Worker },
  { Processor, Generator }: { Processor: Processor; Generator: Generator },
): Pictures {
  const { readable } = new Processor({ track: device });
  const made = new Generator({ kind: "video" });
  const { writable } = made;
  const order = { kind: "streams", readable, writable } satisfies PictureOrder;
  worker.postMessage(order, [readable, writable]);
  return { made, receive: () => {}, close: () => {} };
}

function byCanvas(device: MediaStreamTrack, worker: Worker): Pictures {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([device]);
  const canvas = document.createElement("canvas");
  // Firefox captures nothing of a canvas that has no context yet.
  const context = canvas.getContext("bitmaprenderer");
  const made = canvas.captureStream().getVideoTracks()[0];
  if (made === undefined) throw new Error("a canvas without a track");
  let isClosed = false;
  const send = async () => {
    await nextPicture(video);
    if (isClosed) return;
    const bitmap = await createImageBitmap(video);
    worker.postMessage({ kind: "picture", bitmap } satisfies PictureOrder, [bitmap]);
  };
  void video.play().then(send, () => {});
  return {
    made,
    receive: (bitmap) => {
      if (isClosed) return bitmap?.close();
      if (bitmap !== undefined) context?.transferFromImageBitmap(bitmap);
      void send();
    },
    close: () => {
      isClosed = true;
      video.srcObject = null;
    },
  };
}

/** The video's next picture; hidden pages are told of none. */
function nextPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const wait = video.requestVideoFrameCallback(() => {
      undo();
      resolve();
    });
    const undo = browserClock.after(hiddenMs, () => {
      video.cancelVideoFrameCallback(wait);
      resolve();
    });
  });
}
