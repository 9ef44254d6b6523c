/** Bundles mesh/client.ts for other programs: one module without imports. */
import { join } from "node:path";
import * as esbuild from "npm:esbuild@0.28.2";
import { projectFolder } from "./server_command.ts";

/** All code is in the one module, so that nothing is loaded late, or again after a failure. */
const nothingLate: esbuild.Plugin = {
  name: "nothing late",
  setup(build) {
    build.onLoad({ filter: /late_import\.ts$/ }, () => ({
      contents: "export const lateImport = (load) => load();",
      loader: "ts",
    }));
  },
};

/** The text of the module; `minify`: true for pages, which download it. */
export async function bundleClient({ minify = true } = {}): Promise<string> {
  const { outputFiles: [output] } = await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: [join("mesh", "client.ts")],
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    minify,
    write: false,
    logLevel: "silent",
    plugins: [nothingLate],
    // The esbuild process would keep this process alive.
  }).finally(() => esbuild.stop());
  return output?.text ?? "";
}
