/** Finds the person in pictures. Runs in the worker. */
import { Network } from "./network.ts";
import { columns, layers, rows, weights } from "./selfie_model.ts";
import type { Area, Drawable } from "./softening.ts";

/** Surer than `sure` that it is the person counts as the person, less sure than `unsure` as not. */
const sure = 0.75;
const unsure = 0.35;
/** Smaller changes from one mask to the next are mostly noise: half of each counts. */
const noise = 0.3;

/** Makes masks, all on one canvas. */
export class MaskMaker {
  readonly #network: Network;
  readonly #small = contextOf();
  readonly #mask = contextOf();
  readonly #image = new ImageData(columns, rows);
  readonly #last = new Float32Array(rows * columns);

  constructor() {
    const halves = new Uint8Array(Array.from(atob(weights), (letter) => letter.charCodeAt(0)));
    this.#network = new Network({ rows, columns, layers, weights: floatsOf(halves) });
  }

  /** Opaque where the person is; `area` of it belongs to the picture. Valid until the next call. */
  make(picture: Drawable): { readonly mask: OffscreenCanvas; readonly area: Area } {
    const area = fitted(picture);
    const { left, top, width, height } = area;
    this.#small.clearRect(0, 0, columns, rows);
    this.#small.drawImage(picture, left, top, width, height);
    this.#fillInput(this.#small.getImageData(0, 0, columns, rows).data);
    this.#network.run();
    this.#fillMask(this.#network.output);
    this.#mask.putImageData(this.#image, 0, 0);
    return { mask: this.#mask.canvas, area };
  }

  #fillInput(pixels: Uint8ClampedArray): void {
    const { input } = this.#network;
    for (let from = 0, to = 0; to < input.length; from++) {
      for (let colour = 0; colour < 3; colour++) input[to++] = (pixels[from++] ?? 0) / 255;
    }
  }

  #fillMask(output: Float32Array): void {
    for (const [index, now] of output.entries()) {
      const change = now - (this.#last[index] ?? 0);
      const value = Math.abs(change) < noise ? now - change / 2 : now;
      this.#last[index] = value;
      this.#image.data[4 * index + 3] = 255 * (value - unsure) / (sure - unsure);
    }
  }
}

function contextOf(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(columns, rows).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no canvas of two dimensions");
  return context;
}

/** The largest area of the input with the picture's own proportions, in the middle. */
function fitted({ width, height }: Drawable): Area {
  const scale = Math.min(columns / width, rows / height);
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  const [left, top] = [Math.floor((columns - wide) / 2), Math.floor((rows - high) / 2)];
  return { left, top, width: wide, height: high };
}

/** 16-bit floats, the lower byte first; not every browser has Float16Array. */
function floatsOf(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => {
    const half = view.getUint16(2 * index, true);
    const [exponent, fraction] = [half >> 10 & 31, half & 1023];
    const size = exponent === 0
      ? fraction * 2 ** -24
      : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return half >> 15 === 0 ? size : -size;
  });
}
