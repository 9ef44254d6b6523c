/** What a worker does with the orders of its page; see turn_worker.ts and blur_worker.ts. */
import type { MaskMaker } from "./mask_maker.ts";
import type { Picture } from "./painter.ts";
import type { PictureOrder, PictureReport } from "./treatment.ts";
import { Workshop } from "./workshop.ts";

/** Paints the pictures that the page sends, as it orders. `maker`: for blurring. */
export function serve(maker?: MaskMaker): void {
  const workshop = new Workshop({
    maker,
    now: () => performance.now(),
    onStrained: () => report({ kind: "strained" }),
  });
  addEventListener("message", ({ data }: MessageEvent<PictureOrder>) => {
    switch (data.kind) {
      case "treatment":
        return workshop.treat(data.treatment);
      case "streams":
        return void pump(workshop, data).catch(raise);
      case "picture": {
        const bitmap = painted(workshop, data.bitmap)?.transferToImageBitmap();
        return bitmap === undefined
          ? report({ kind: "answer" })
          : report({ kind: "answer", bitmap }, [bitmap]);
      }
      default:
        return data satisfies never;
    }
  });
}

/** Frames that come while one is painted are dropped by the browser. */
async function pump(
  workshop: Workshop,
  { readable, writable }: Extract<PictureOrder, { kind: "streams" }>,
): Promise<void> {
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  for (;;) {
    const { done, value: frame } = await reader.read();
    if (done) return;
    const { timestamp, duration } = frame;
    const canvas = painted(workshop, frame);
    if (canvas === undefined) continue;
    const made = new VideoFrame(canvas, {
      timestamp,
      ...duration !== null && { duration },
      alpha: "discard",
    });
    try {
      await writer.write(made);
    } catch {
      // The page has stopped the track.
      return await reader.cancel();
    }
  }
}

let isFirst = true;

function painted(workshop: Workshop, picture: Picture): OffscreenCanvas | undefined {
  try {
    const canvas = workshop.paint(picture);
    if (isFirst && canvas !== undefined) {
      isFirst = false;
      report({ kind: "first" });
    }
    return canvas;
  } finally {
    picture.close();
  }
}

function report(report: PictureReport, transfer: Transferable[] = []): void {
  postMessage(report, { transfer });
}

/** As an error of the worker, which the page is told. */
function raise(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}
