// Invariants
// 1. The permissions of the running server are written in one place, the `start` task of deno.json.
//    The binary, the tests and the bench take them from there, so they cannot drift apart.
// 2. Nothing here widens them.

import { fileURLToPath } from "node:url";

/** The project's folder, as a path. */
export const projectFolder = fileURLToPath(new URL("../", import.meta.url));

/** The text of one task in deno.json; throws when there is no such task. */
export async function taskText(name: string): Promise<string> {
  const config: unknown = JSON.parse(await Deno.readTextFile(`${projectFolder}deno.json`));
  if (typeof config === "object" && config !== null && "tasks" in config) {
    const tasks = config.tasks;
    if (typeof tasks === "object" && tasks !== null) {
      const text: unknown = Object.entries(tasks).find(([key]) => key === name)?.[1];
      if (typeof text === "string") return text;
    }
  }
  throw new Error(`deno.json has no task "${name}"`);
}

/** The flags that `deno task start` gives to the server, without the program and its arguments. */
export async function serverFlags(): Promise<string[]> {
  const command = (await taskText("start")).split("&&").at(-1) ?? "";
  const words = command.trim().split(/\s+/);
  const run = words.indexOf("run");
  const flags = words.slice(run + 1).map((word) => word.replace(/^'(.*)'$/, "$1"));
  return flags.filter((word) => word.startsWith("--"));
}

/** The flags of the running program that the compiled one is given for good. */
export async function compiledPermissions(): Promise<string[]> {
  const flags = await serverFlags();
  return flags.filter((flag) => /^--(allow-|deny-|no-prompt|unstable-)/.test(flag));
}
