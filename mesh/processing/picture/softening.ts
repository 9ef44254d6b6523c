/**
 * Blurs what is around a person by drawing it smaller and smaller, then larger and larger: canvas
 * filters are not in every browser, and this costs less. Runs in the worker.
 */

/** What a canvas can draw, of a known size in pixels. */
export type Drawable = OffscreenCanvas | ImageBitmap;

/** A part of a canvas, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The widths that a picture is drawn at, one after the other. */
const widths = [256, 128, 64, 32, 16];
/** Times that the result is drawn, to be opaque where a part of it was the person. */
const layers = 4;

/** Has a canvas for each width. */
export class Softening {
  readonly #contexts = widths.map(() => {
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    if (context === null) throw new Error("no canvas of two dimensions");
    return context;
  });

  /**
   * `picture` without the person, blurred; transparent only within the person, whose colours do not
   * shine around it. `steps`: how often it is made half as wide. Valid until the next
   * call.
   */
  soften(
    picture: Drawable,
    { mask, area, steps }: { mask: OffscreenCanvas; area: Area; steps: number },
  ): OffscreenCanvas {
    const [first, ...others] = this.#contexts.slice(0, steps + 1);
    if (first === undefined) throw new RangeError("no steps");
    for (const [index, { canvas }] of this.#contexts.entries()) {
      resize(canvas, widths[index] ?? 1, picture);
    }
    const { canvas: { width, height } } = first;
    first.globalCompositeOperation = "copy";
    first.drawImage(picture, 0, 0, width, height);
    first.globalCompositeOperation = "destination-out";
    first.drawImage(mask, area.left, area.top, area.width, area.height, 0, 0, width, height);
    const down = others.reduce((from, to) => redraw(from, to), first);
    const up = others.toReversed().slice(1).reduce((from, to) => redraw(from, to), down);
    redraw(up, first).globalCompositeOperation = "source-over";
    for (let layer = 1; layer < layers; layer++) first.drawImage(up.canvas, 0, 0, width, height);
    return first.canvas;
  }
}

function redraw(
  { canvas }: OffscreenCanvasRenderingContext2D,
  to: OffscreenCanvasRenderingContext2D,
): OffscreenCanvasRenderingContext2D {
  to.globalCompositeOperation = "copy";
  to.drawImage(canvas, 0, 0, to.canvas.width, to.canvas.height);
  return to;
}

function resize(canvas: OffscreenCanvas, wide: number, { width, height }: Drawable): void {
  const high = Math.max(1, Math.round(wide * height / width));
  // A canvas is cleared whenever its size is set.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
}
