/** RNNoise as the package has it. */
import { fileURLToPath } from "node:url";

/** The bytes of its WebAssembly. */
export async function rnnoiseWasm(): Promise<Uint8Array<ArrayBuffer>> {
  // The import puts the package into the cache, where it is a file.
  await import("npm:@jitsi/rnnoise-wasm@0.2.1/dist/rnnoise.js");
  const address = import.meta.resolve("npm:@jitsi/rnnoise-wasm@0.2.1/dist/rnnoise.wasm");
  return await Deno.readFile(fileURLToPath(address));
}
