// The layers of a network, by sums that can be done by hand, and the whole model on a picture of
// nothing.

import { assert, assertEquals } from "../../../assert.ts";
import { type Layer, Network } from "../../../../mesh/processing/picture/network.ts";
import * as selfie from "../../../../mesh/processing/picture/selfie_model.ts";

/** The output of one layer for an input of two rows and two columns. */
function outputOf(
  layers: readonly Layer[],
  { input, weights }: { input: number[]; weights: number[] },
): number[] {
  const model = { rows: 2, columns: 2, layers, weights: Float32Array.from(weights) };
  const network = new Network(model);
  network.input.set(input);
  network.run();
  return [...network.output].map((value) => Math.round(value * 1e4) / 1e4);
}

const ones = Array.from({ length: 12 }, () => 1);
/** Four pixels of three channels. */
const input = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

Deno.test("a convolution of one pixel weighs its channels, adds its bias and leaves out what is below zero", () => {
  const layer: Layer = { kind: "convolve", from: 0, size: 1, stride: 1, out: 4, then: "relu" };
  const weights = [1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, -1, 0, 10, 0, 0];
  const found = outputOf([layer], { input, weights });
  assertEquals(found, [1, 12, 3, 0, 4, 15, 6, 0, 7, 18, 9, 0, 10, 21, 12, 0]);
});

Deno.test("a convolution of three by three sees nothing beyond the edges", () => {
  const layer: Layer = { kind: "convolve", from: 0, size: 3, stride: 1, out: 4, then: "none" };
  const all = Array.from({ length: 27 }, () => 1);
  // The middle, the one after it, all, none.
  const middle = all.map((_, index) => index === 12 ? 1 : 0);
  const after = all.map((_, index) => index === 15 ? 1 : 0);
  const none = all.map(() => 0);
  const weights = [...middle, ...after, ...all, ...none, 0, 0, 0, 5];
  const found = outputOf([layer], { input, weights });
  assertEquals(found, [1, 4, 78, 5, 4, 0, 78, 5, 7, 10, 78, 5, 10, 0, 78, 5]);
});

Deno.test("a stride of two starts where TensorFlow starts", () => {
  const layer: Layer = { kind: "depthwise", from: 0, size: 3, stride: 2, then: "none" };
  // Of the nine places only the first counts: the top left pixel, as nothing is added before it.
  const weights = [1, 1, 1, ...Array.from({ length: 24 }, () => 0), 0, 0, 100];
  assertEquals(outputOf([layer], { input, weights }), [1, 2, 103]);
});

Deno.test("a mean scales each channel, and values are added", () => {
  const layers: Layer[] = [
    { kind: "mean", from: 0 },
    { kind: "scale", from: 0, other: 1 },
    { kind: "add", from: 2, other: 0 },
  ];
  const found = outputOf(layers, { input: ones.map((_, index) => index % 3), weights: [] });
  assertEquals(found, [0, 2, 6, 0, 2, 6, 0, 2, 6, 0, 2, 6]);
});

Deno.test("twice as large, values lie between those of the neighbours", () => {
  const found = outputOf([{ kind: "enlarge", from: 0 }], {
    input: [0, 0, 0, 4, 0, 0, 8, 0, 0, 12, 0, 0],
    weights: [],
  });
  const first = found.filter((_, index) => index % 3 === 0);
  assertEquals(first, [0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12]);
});

Deno.test("the last layer unfolds each pixel into four", () => {
  const layer: Layer = { kind: "unfold", from: 0, then: "sigmoid" };
  const corner = (value: number) => [value, 0, 0];
  const weights = [...corner(0), ...corner(1), ...corner(-1), ...corner(100), 0];
  const [upper, lower] = [[0.5, 0.7311, 0.5, 0.7311], [0.2689, 1, 0.2689, 1]];
  const found = outputOf([layer], { input: ones, weights });
  assertEquals(found, [...upper, ...lower, ...upper, ...lower]);
});

Deno.test("weights that are left over, and a value that does not exist yet, are errors", () => {
  const refused = (layers: Layer[], weights: number[]) => {
    try {
      outputOf(layers, { input, weights });
    } catch (error) {
      return error instanceof RangeError;
    }
    return false;
  };
  assert(refused([{ kind: "mean", from: 0 }], [1]), "a weight that no layer takes");
  assert(refused([{ kind: "mean", from: 1 }], []), "its own output");
});

Deno.test("the model of people takes all its weights, and finds nobody in a plain picture", () => {
  const halves = new Float16Array(Uint8Array.fromBase64(selfie.weights).buffer);
  const { rows, columns, layers } = selfie;
  const network = new Network({ rows, columns, layers, weights: Float32Array.from(halves) });
  assertEquals(network.output.length, rows * columns);
  network.input.fill(0.5);
  network.run();
  assert(network.output.every((value) => value >= 0 && value < 0.35), "somebody was found");
});
