/**
 * The inner loops of a network, see network.ts. `!` stands where an index is in range by the
 * shapes.
 */

/** What follows each sum of a convolution. */
export type Activation = "none" | "relu" | "hardSwish" | "sigmoid";

/** Rows × columns × channels, channels last. */
export interface Value {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** What a convolution works on. */
export interface Convolution {
  readonly from: Value;
  readonly made: Value;
  /** Those of one output after the other. */
  readonly weights: Float32Array;
  /** One for each output. */
  readonly bias: Float32Array;
}

/** How wide a convolution looks, and how far it goes from one output to the next. */
export interface Window {
  readonly size: number;
  readonly stride: number;
}

/** A convolution of 1 × 1. Four output channels of two pixels at once, to load each number less. */
export function mix({ from, made, weights, bias }: Convolution): Float32Array {
  const [input, output] = [from.data, made.data];
  const [inner, outer] = [from.channels, made.channels];
  const pixels = made.rows * made.columns;
  for (let pixel = 0; pixel < pixels; pixel += 2) {
    const left = pixel * inner;
    // An odd last pixel is done twice.
    const right = pixel + 1 < pixels ? left + inner : left;
    const step = right === left ? 0 : outer;
    for (let channel = 0; channel < outer; channel += 4) {
      let w0 = channel * inner, w1 = w0 + inner, w2 = w1 + inner, w3 = w2 + inner;
      let a0 = bias[channel]!,
        a1 = bias[channel + 1]!,
        a2 = bias[channel + 2]!,
        a3 = bias[channel + 3]!;
      let b0 = a0, b1 = a1, b2 = a2, b3 = a3;
      for (let k = 0; k < inner; k++) {
        const x = input[left + k]!, y = input[right + k]!;
        const v0 = weights[w0++]!, v1 = weights[w1++]!, v2 = weights[w2++]!, v3 = weights[w3++]!;
        a0 += x * v0;
        a1 += x * v1;
        a2 += x * v2;
        a3 += x * v3;
        b0 += y * v0;
        b1 += y * v1;
        b2 += y * v2;
        b3 += y * v3;
      }
      const to = pixel * outer + channel;
      output[to] = a0;
      output[to + 1] = a1;
      output[to + 2] = a2;
      output[to + 3] = a3;
      output[to + step] = b0;
      output[to + step + 1] = b1;
      output[to + step + 2] = b2;
      output[to + step + 3] = b3;
    }
  }
  return made.data;
}

/** How far the window reaches beyond the first row, as TensorFlow's padding "same" has it. */
function padding(length: number, { size, stride }: Window): number {
  return Math.max(0, Math.floor(((length / stride - 1) * stride + size - length) / 2));
}

/**
 * Writes what each pixel of `made` is a sum of side by side. What lies beyond the edges is left as
 * it is, which is 0.
 */
export function gather(
  { from, made, size, stride }: Pick<Convolution, "from" | "made"> & Window,
): void {
  const { rows, columns, channels, data } = from;
  const [top, left] = [padding(rows, { size, stride }), padding(columns, { size, stride })];
  const width = size * channels;
  let to = 0;
  for (let y = 0; y < made.rows; y++) {
    for (let x = 0; x < made.columns; x++) {
      const column = x * stride - left;
      const [first, end] = [Math.max(0, column), Math.min(columns, column + size)];
      for (let dy = 0; dy < size; dy++, to += width) {
        const row = y * stride + dy - top;
        if (row < 0 || row >= rows) continue;
        const at = (row * columns + column) * channels;
        const last = (end - column) * channels;
        for (let k = (first - column) * channels; k < last; k++) made.data[to + k] = data[at + k]!;
      }
    }
  }
}

/** A convolution of each channel alone. */
export function depthwise(
  { from, made, weights, bias, size, stride }: Convolution & Window,
): Float32Array {
  const [input, output] = [from.data, made.data];
  const { rows, columns, channels } = from;
  const [top, left] = [padding(rows, { size, stride }), padding(columns, { size, stride })];
  for (let y = 0; y < made.rows; y++) {
    for (let x = 0; x < made.columns; x++) {
      const to = (y * made.columns + x) * channels;
      for (let k = 0; k < channels; k++) output[to + k] = bias[k]!;
      for (let dy = 0; dy < size; dy++) {
        const row = y * stride + dy - top;
        if (row < 0 || row >= rows) continue;
        for (let dx = 0; dx < size; dx++) {
          const column = x * stride + dx - left;
          if (column < 0 || column >= columns) continue;
          const at = (row * columns + column) * channels;
          const w = (dy * size + dx) * channels;
          for (let k = 0; k < channels; k++) output[to + k]! += input[at + k]! * weights[w + k]!;
        }
      }
    }
  }
  return made.data;
}

/** The mean of each channel. */
export function mean({ rows, columns, channels, data }: Value, output: Float32Array): void {
  output.fill(0);
  for (let at = 0; at < data.length; at += channels) {
    for (let k = 0; k < channels; k++) output[k]! += data[at + k]!;
  }
  for (let k = 0; k < channels; k++) output[k]! /= rows * columns;
}

/** Multiplies each channel by a number. */
export function scale(input: Float32Array, factors: Float32Array, output: Float32Array): void {
  const channels = factors.length;
  for (let at = 0; at < input.length; at += channels) {
    for (let k = 0; k < channels; k++) output[at + k] = input[at + k]! * factors[k]!;
  }
}

/** The sums. */
export function add(input: Float32Array, other: Float32Array, output: Float32Array): void {
  for (let at = 0; at < input.length; at++) output[at] = input[at]! + other[at]!;
}

/** Twice as large, bilinear. */
export function enlarge({ rows, columns, channels, data }: Value, made: Value): void {
  for (let y = 0; y < made.rows; y++) {
    const [above, below, low] = between(y, rows);
    for (let x = 0; x < made.columns; x++) {
      const [before, after, right] = between(x, columns);
      const to = (y * made.columns + x) * channels;
      const a = (above * columns + before) * channels, b = (above * columns + after) * channels;
      const c = (below * columns + before) * channels, d = (below * columns + after) * channels;
      for (let k = 0; k < channels; k++) {
        const upper = data[a + k]! * (1 - right) + data[b + k]! * right;
        const lower = data[c + k]! * (1 - right) + data[d + k]! * right;
        made.data[to + k] = upper * (1 - low) + lower * low;
      }
    }
  }
}

/** The two of `length` pixels around the place of a pixel of the double, and how far it is. */
function between(index: number, length: number): [before: number, after: number, share: number] {
  const place = Math.max(0, (index + 0.5) / 2 - 0.5);
  const before = Math.floor(place);
  return [before, Math.min(before + 1, length - 1), place - before];
}

/** A transposed convolution of 2 × 2 with stride 2, to one channel. */
export function unfold({ from, made, weights, bias }: Convolution): Float32Array {
  const { rows, columns, channels, data } = from;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = (y * columns + x) * channels;
      for (let corner = 0; corner < 4; corner++) {
        let sum = bias[0]!;
        for (let k = 0; k < channels; k++) sum += data[at + k]! * weights[corner * channels + k]!;
        made.data[(2 * y + (corner >> 1)) * made.columns + 2 * x + (corner & 1)] = sum;
      }
    }
  }
  return made.data;
}

/** In place. */
export const finish: Readonly<Record<Activation, (data: Float32Array) => void>> = {
  none: () => {},
  relu: (data) => {
    for (let at = 0; at < data.length; at++) if (data[at]! < 0) data[at] = 0;
  },
  hardSwish: (data) => {
    for (let at = 0; at < data.length; at++) {
      const x = data[at]!;
      data[at] = x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6;
    }
  },
  sigmoid: (data) => {
    for (let at = 0; at < data.length; at++) data[at] = 1 / (1 + Math.exp(-data[at]!));
  },
};
