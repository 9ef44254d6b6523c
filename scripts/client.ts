/**
 * `deno task client [FOLDER]`: writes the client module as an npm package, into dist/client/ unless
 * another folder is named. `npm publish dist/client` publishes it; `npm pack dist/client` makes one
 * file that npm installs without a registry.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "npm:esbuild@0.28.2";
import { version } from "../server/version.ts";
import { bundleClient } from "./client_module.ts";
import { projectFolder } from "./server_command.ts";

const description = "Joins rooms of a Parley server: who is there, chat, signals for WebRTC.";

/** The package's description for npm. */
const manifest = {
  name: "parley-client",
  version,
  description,
  keywords: ["parley", "webrtc", "chat", "room", "bot"],
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=20" },
  main: "./node.js",
  module: "./index.js",
  types: "./index.d.ts",
  exports: {
    ".": {
      types: "./index.d.ts",
      deno: "./index.js",
      browser: "./index.js",
      node: "./node.js",
      default: "./index.js",
    },
    "./package.json": "./package.json",
  },
  files: ["index.js", "index.d.ts", "node.js", "ws.cjs", "LICENSE", "LICENSE.ws"],
};

/** Node's entry: versions before 22 have no WebSocket. */
const nodeEntry = `import { RoomClient as Client } from "./index.js";
import socketClass from "./ws.cjs";

const { WebSocket = socketClass } = globalThis;

export class RoomClient extends Client {
  constructor(options) {
    super({ WebSocket, ...options });
  }
}
`;

/** The client part of the package ws as one file, and its licence. */
async function socketForNode(): Promise<{ code: string; licence: string }> {
  // The import puts the package into the cache, where it is a file.
  await import("ws");
  const folder = dirname(fileURLToPath(import.meta.resolve("ws")));
  const { outputFiles: [output] } = await esbuild.build({
    entryPoints: [join(folder, "lib", "websocket.js")],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    // Optional native addons.
    external: ["bufferutil", "utf-8-validate"],
    legalComments: "inline",
    banner: { js: "// The client half of ws 8.23.0; see LICENSE.ws." },
    write: false,
    logLevel: "silent",
  }).finally(() => esbuild.stop());
  return { code: output?.text ?? "", licence: await Deno.readTextFile(join(folder, "LICENSE")) };
}

/** docs/client.md as the README, without links into the repository. */
async function readme(): Promise<string> {
  const manual = await Deno.readTextFile(join(projectFolder, "docs", "client.md"));
  const text = manual.replace(/^# .*\n/, "# parley-client\n").replaceAll(
    /\[([^\]]+)\]\((?!http)[^)]+\)/g,
    "$1",
  );
  return text;
}

/** Writes the package into a folder, which is emptied before. */
async function writePackage(folder: string): Promise<void> {
  const { code, licence } = await socketForNode();
  const files: Record<string, string> = {
    "package.json": `${JSON.stringify(manifest, null, 2)}\n`,
    "index.js": await bundleClient({ minify: false }),
    "index.d.ts": await Deno.readTextFile(join(projectFolder, "scripts", "client", "index.d.ts")),
    "node.js": nodeEntry,
    "ws.cjs": code,
    "README.md": await readme(),
    "LICENSE": await Deno.readTextFile(join(projectFolder, "LICENSE")),
    "LICENSE.ws": licence,
  };
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
}

if (import.meta.main) {
  const [folder = join(projectFolder, "dist", "client")] = Deno.args;
  await writePackage(folder);
  console.log(`Wrote ${folder}`);
}
