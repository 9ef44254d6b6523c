/**
 * Runs a small convolutional network in plain JavaScript: WebAssembly would need a weaker content
 * security policy, and WebGL is not everywhere. Pure; all memory is taken once.
 * Values are arrays of rows × columns × channels, channels last.
 */

import {
  type Activation,
  add,
  depthwise,
  enlarge,
  finish,
  gather,
  mean,
  mix,
  scale,
  unfold,
  type Value,
} from "./network_math.ts";

/**
 * One step. `from` and `other` are values by number: 0 is the input, n the output of layer n - 1.
 * Weights follow each other in the order of the layers, each layer's before its `out` biases.
 */
export type Layer =
  | {
    /** `size` × `size` × channels for each of `out`; padded so that only `stride` shrinks it. */
    readonly kind: "convolve";
    readonly from: number;
    readonly size: number;
    readonly stride: number;
    readonly out: number;
    readonly then: Activation;
  }
  | {
    /** `size` × `size` for each channel. */
    readonly kind: "depthwise";
    readonly from: number;
    readonly size: number;
    readonly stride: number;
    readonly then: Activation;
  }
  /** The mean of each channel. */
  | { readonly kind: "mean"; readonly from: number }
  /** `other` has one number for each channel. */
  | { readonly kind: "scale"; readonly from: number; readonly other: number }
  | { readonly kind: "add"; readonly from: number; readonly other: number }
  /** Twice as large, bilinear, between the centres of pixels. */
  | { readonly kind: "enlarge"; readonly from: number }
  /** Transposed convolution of 2 × 2 with stride 2, to one channel. */
  | { readonly kind: "unfold"; readonly from: number; readonly then: Activation };

/** The layers and their weights. `rows` and `columns`: of the input, which has three channels. */
export interface Model {
  readonly rows: number;
  readonly columns: number;
  readonly layers: readonly Layer[];
  readonly weights: Float32Array;
}

/** A model that is ready to run. */
export class Network {
  readonly input: Float32Array;
  readonly output: Float32Array;
  readonly #steps: readonly (() => void)[];

  constructor({ rows, columns, layers, weights }: Model) {
    const values = [valueOf({ rows, columns, channels: 3 })];
    const at = (index: number) => {
      const value = values[index];
      if (value === undefined) throw new RangeError(`a layer uses value ${index} too early`);
      return value;
    };
    let used = 0;
    const take = (count: number) => weights.subarray(used, used += count);
    this.#steps = layers.map((layer) => {
      const { made, step } = prepare(layer, { at, take });
      values.push(made);
      return step;
    });
    if (used !== weights.length) throw new RangeError(`${weights.length - used} weights are left`);
    this.input = at(0).data;
    this.output = at(layers.length).data;
  }

  /** Fills `output` from `input`. */
  run(): void {
    for (const step of this.#steps) step();
  }
}

function valueOf(shape: Omit<Value, "data">): Value {
  return { ...shape, data: new Float32Array(shape.rows * shape.columns * shape.channels) };
}

/** `at`: the value of that number; `take`: the next weights. */
interface Parts {
  readonly at: (index: number) => Value;
  readonly take: (count: number) => Float32Array;
}

interface Prepared {
  readonly made: Value;
  readonly step: () => void;
}

function prepare(layer: Layer, parts: Parts): Prepared {
  const from = parts.at(layer.from);
  const { rows, columns, channels } = from;
  switch (layer.kind) {
    case "convolve":
    case "depthwise":
    case "unfold":
      return prepareSums(layer, { from, take: parts.take });
    case "mean": {
      const made = valueOf({ rows: 1, columns: 1, channels });
      return { made, step: () => mean(from, made.data) };
    }
    case "scale": {
      const [made, other] = [valueOf(from), parts.at(layer.other).data];
      return { made, step: () => scale(from.data, other, made.data) };
    }
    case "add": {
      const [made, other] = [valueOf(from), parts.at(layer.other).data];
      return { made, step: () => add(from.data, other, made.data) };
    }
    case "enlarge": {
      const made = valueOf({ rows: 2 * rows, columns: 2 * columns, channels });
      return { made, step: () => enlarge(from, made) };
    }
    default:
      return layer satisfies never;
  }
}

/** The layers that have weights. */
function prepareSums(
  layer: Extract<Layer, { then: Activation }>,
  { from, take }: { from: Value; take: Parts["take"] },
): Prepared {
  const { rows, columns, channels } = from;
  const then = finish[layer.then];
  if (layer.kind === "unfold") {
    const [weights, bias] = [take(4 * channels), take(1)];
    const made = valueOf({ rows: 2 * rows, columns: 2 * columns, channels: 1 });
    return { made, step: () => then(unfold({ from, made, weights, bias })) };
  }
  const { size, stride } = layer;
  const small = { rows: rows / stride, columns: columns / stride };
  if (layer.kind === "depthwise") {
    const [weights, bias] = [take(size * size * channels), take(channels)];
    const made = valueOf({ ...small, channels });
    return { made, step: () => then(depthwise({ from, made, weights, bias, size, stride })) };
  }
  const [weights, bias] = [take(layer.out * size * size * channels), take(layer.out)];
  const made = valueOf({ ...small, channels: layer.out });
  if (size === 1 && stride === 1) {
    return {
      made,
      step: () => then(mix({ from, made, weights, bias })),
    };
  }
  const sides = valueOf({ ...small, channels: size * size * channels });
  return {
    made,
    step: () => {
      gather({ from, made: sides, size, stride });
      then(mix({ from: sides, made, weights, bias }));
    },
  };
}
