/** Paints one picture as its treatment says. Runs in the worker. */
import type { MaskMaker } from "./mask_maker.ts";
import { Softening } from "./softening.ts";
import type { Blur, Turn } from "./treatment.ts";

/** A picture of a camera. */
export type Picture = VideoFrame | ImageBitmap;

/** How often a blurred background is made half as wide, and then as large again. */
const steps: Readonly<Record<Exclude<Blur, "off">, number>> = { light: 3, strong: 4 };

/** Has one canvas for each stage, which it paints again and again. */
export class Painter {
  readonly #turned = contextOf(new OffscreenCanvas(1, 1));
  readonly #whole = contextOf(new OffscreenCanvas(1, 1));
  #softening: Softening | undefined;
  #mask: ReturnType<MaskMaker["make"]> | undefined;

  /** The turned picture; it is valid until the next call. */
  turn(picture: Picture, turn: Turn): OffscreenCanvas {
    const { width, height } = sizeOf(picture);
    const [wide, high] = turn % 180 === 0 ? [width, height] : [height, width];
    const context = this.#turned;
    resize(context.canvas, wide, high);
    context.setTransform(
      new DOMMatrix()
        .translate(wide / 2, high / 2)
        .rotate(turn)
        .translate(-width / 2, -height / 2),
    );
    context.drawImage(picture, 0, 0, width, height);
    return context.canvas;
  }

  /** Finds the person in a turned picture anew; else the last mask serves. */
  look(picture: OffscreenCanvas, maker: MaskMaker): void {
    this.#mask = maker.make(picture);
  }

  /** The turned picture, blurred around the person; valid until the next call. */
  blur(picture: OffscreenCanvas, blur: Exclude<Blur, "off">): OffscreenCanvas {
    if (this.#mask === undefined) throw new Error("no mask yet");
    const { width, height } = picture;
    const { mask, area } = this.#mask;
    this.#softening ??= new Softening();
    const around = this.#softening.soften(picture, { mask, area, steps: steps[blur] });
    const context = this.#whole;
    resize(context.canvas, width, height);
    context.globalCompositeOperation = "copy";
    context.drawImage(mask, area.left, area.top, area.width, area.height, 0, 0, width, height);
    context.globalCompositeOperation = "source-in";
    context.drawImage(picture, 0, 0);
    context.globalCompositeOperation = "destination-over";
    context.drawImage(around, 0, 0, width, height);
    return context.canvas;
  }
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("no canvas of two dimensions");
  context.imageSmoothingQuality = "medium";
  return context;
}

function resize(canvas: OffscreenCanvas, width: number, height: number): void {
  // A canvas is cleared whenever its size is set.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function sizeOf(picture: Picture): { width: number; height: number } {
  return "displayWidth" in picture
    ? { width: picture.displayWidth, height: picture.displayHeight }
    : picture;
}
