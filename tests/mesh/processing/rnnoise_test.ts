import { instantiate, type RnnoiseCode } from "../../../mesh/processing/noise/rnnoise_code.js";
import { frameSamples, Rnnoise } from "../../../mesh/processing/noise/rnnoise.ts";
import { rnnoiseWasm } from "../../../scripts/rnnoise_wasm.ts";
import { assert, assertEquals } from "../../assert.ts";

/** Frames of a buzz that comes and goes, in noise; always the same ones. */
function sound(frames: number): Float32Array[] {
  let seed = 1;
  const chance = () => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
  return Array.from(
    { length: frames },
    (_, frame) =>
      Float32Array.from({ length: frameSamples }, (_, index) => {
        const at = (frame * frameSamples + index) / 48_000;
        const buzz = [1, 2, 3, 5].reduce((sum, n) => sum + Math.sin(880 * n * at) / n, 0);
        return 6_000 * Math.max(0, Math.sin(9 * at)) * buzz + 1_000 * chance();
      }),
  );
}

type Exports = Record<"d" | "f" | "g" | "j", (...values: number[]) => number> & {
  readonly c: WebAssembly.Memory;
};

/** The package's WebAssembly with the names of ours. */
async function original(): Promise<RnnoiseCode> {
  const copy = (to: number, from: number, bytes: number) =>
    void new Uint8Array(wasm.c.buffer).copyWithin(to, from, from + bytes);
  const { instance } = await WebAssembly.instantiate(await rnnoiseWasm(), {
    a: { a: () => 0, b: copy },
  });
  const wasm = instance.exports as Exports;
  return {
    memory: { buffer: wasm.c.buffer as ArrayBuffer },
    start: () => void wasm.d(),
    create: wasm.f,
    allocate: wasm.g,
    destroy: () => {},
    process: wasm.j,
  };
}

/** What comes out, with the probabilities of a voice. */
function filtered(code: RnnoiseCode, frames: readonly Float32Array[]): number[] {
  code.start();
  const state = code.create(0);
  const address = code.allocate(frameSamples * 4);
  const samples = new Float32Array(code.memory.buffer, address, frameSamples);
  return frames.flatMap((frame) => {
    samples.set(frame);
    return [code.process(state, address, address), ...samples];
  });
}

Deno.test("RNNoise as plain JavaScript gives the same samples as its WebAssembly", async () => {
  const frames = sound(150);
  const code = instantiate({
    grow: () => 0,
    copy: (to, from, bytes) =>
      void new Uint8Array(code.memory.buffer).copyWithin(to, from, from + bytes),
  });
  const [expected, actual] = [filtered(await original(), frames), filtered(code, frames)];
  assert(expected.some((sample) => Math.abs(sample) > 1_000), "sound comes out");
  assertEquals(
    actual.findIndex((sample, at) => sample !== expected[at]),
    -1,
    "the first that differs",
  );
});

Deno.test("two filters share nothing, and silence stays silence", () => {
  const [one, other] = [new Rnnoise(), new Rnnoise()];
  for (const frame of sound(20)) one.process(frame.map((sample) => sample / 32_768));
  const silence = new Float32Array(frameSamples);
  for (let frame = 0; frame < 20; frame++) other.process(silence);
  assert(silence.every((sample) => Math.abs(sample) < 1e-4), `${silence.slice(0, 4)}`);
});
