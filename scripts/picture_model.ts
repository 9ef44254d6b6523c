/**
 * Writes mesh/processing/picture/selfie_model.ts from Google's model of people in pictures, which
 * an npm package has under the Apache License 2.0. The layers stay as they are; the weights are the
 * 16-bit floats of the file, in the order in which mesh/processing/picture/network.ts takes them.
 *
 *     npm pack @mediapipe/selfie_segmentation@0.1.1675465747
 *     tar xzf mediapipe-selfie_segmentation-*.tgz
 *     deno run -A scripts/picture_model.ts package/selfie_segmentation_landscape.tflite
 */
import type { Layer } from "../mesh/processing/picture/network.ts";
import type { Activation } from "../mesh/processing/picture/network_math.ts";
import { type Operator, readModel, type Tensor } from "./picture_model/tensor_file.ts";

const target = new URL("../mesh/processing/picture/selfie_model.ts", import.meta.url);

/** Kinds of operators that only follow another one. */
const activations: Readonly<Record<string, Activation>> = {
  RELU: "relu",
  HARD_SWISH: "hardSwish",
  LOGISTIC: "sigmoid",
};

const { tensors, operators, input, output } = readModel(await Deno.readFile(Deno.args[0] ?? ""));
/** Tensors of a file whose numbers another tensor has, as 16-bit floats. */
const halves = new Map<number, number>();
/** The value that a tensor is; see Layer. */
const values = new Map([[input, 0]]);
const layers: Layer[] = [];
const weights: Uint8Array[] = [];

for (const operator of operators) add(operator);
if (values.get(output) !== layers.length) throw new Error("the last layer is not the output");
await Deno.writeTextFile(target, moduleText());

function add(operator: Operator): void {
  const { kind, inputs: [first = -1, second = -1, third = -1], outputs: [made = -1] } = operator;
  if (kind === "DEQUANTIZE") return void halves.set(made, first);
  // It was taken together with the layer that it follows.
  if (values.has(made)) return;
  const next = operators.find(({ kind, inputs }) => inputs[0] === made && kind in activations);
  const then = next && activations[next.kind];
  const from = valueOf(first);
  const layer = layerOf(operator, { from, second, then: then ?? "none" });
  for (const tensor of [second, third]) {
    const half = halves.get(tensor);
    if (half !== undefined) weights.push(tensorOf(half).data);
  }
  layers.push(layer);
  values.set(made, layers.length);
  if ("then" in layer && then !== undefined && next !== undefined) {
    values.set(next.outputs[0] ?? -1, layers.length);
  }
}

function layerOf(
  { kind, stride, outputs: [made = -1] }: Operator,
  { from, second, then }: { from: number; second: number; then: Activation },
): Layer {
  const [, size = 0] = tensorOf(second).shape;
  switch (kind) {
    case "CONV_2D":
      return { kind: "convolve", from, size, stride, out: tensorOf(made).shape[3] ?? 0, then };
    case "DEPTHWISE_CONV_2D":
      return { kind: "depthwise", from, size, stride, then };
    case "MEAN":
      return { kind: "mean", from };
    case "MUL":
      return { kind: "scale", from, other: valueOf(second) };
    case "ADD":
      return { kind: "add", from, other: valueOf(second) };
    case "RESIZE_BILINEAR":
      return { kind: "enlarge", from };
    case "Convolution2DTransposeBias":
      return { kind: "unfold", from, then };
    default:
      throw new Error(`unknown operator ${kind}`);
  }
}

function valueOf(tensor: number): number {
  const value = values.get(tensor);
  if (value === undefined) throw new Error(`tensor ${tensor} is used before it is made`);
  return value;
}

function tensorOf(index: number): Tensor {
  const tensor = tensors[index];
  if (tensor === undefined) throw new Error(`there is no tensor ${index}`);
  return tensor;
}

function moduleText(): string {
  const [, rows, columns] = tensorOf(input).shape;
  const bytes = new Uint8Array(weights.reduce((sum, { length }) => sum + length, 0));
  weights.reduce((at, part) => (bytes.set(part, at), at + part.length), 0);
  const lines = layers.map((layer) => `  ${JSON.stringify(layer)},`).join("\n");
  return `/**
 * Written by scripts/picture_model.ts from @mediapipe/selfie_segmentation 0.1.1675465747.
 * Copyright Google LLC, Apache License 2.0.
 */
import type { Layer } from "./network.ts";

/** Of the input. */
export const rows = ${rows};

/** Of the input. */
export const columns = ${columns};

/** The layers, from a picture to how surely each pixel is a part of a person. */
export const layers: readonly Layer[] = [
${lines}
];

/** 16-bit floats, the lower byte first, in base64. */
export const weights =
  "${bytes.toBase64()}";
`;
}
