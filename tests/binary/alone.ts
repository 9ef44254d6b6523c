// How the binary is started as people get it.

import { join } from "node:path";
import { projectFolder } from "../../scripts/server_command.ts";
import type { ServerOptions } from "../rig/mod.ts";

/** The path of the program that `deno task compile` writes. */
export const binary = join(
  projectFolder,
  "dist",
  Deno.build.os === "windows" ? "parley.exe" : "parley",
);

/** Away from the project, without HOME, PATH or anything else. */
export function alone(args: string[] = [], env: Record<string, string> = {}): ServerOptions {
  return { binary, cwd: Deno.env.get("TMPDIR") ?? "/tmp", env, args };
}
