/**
 * The command that starts the server, as deno.json defines it.
 * Invariants:
 * 1 The permissions of the server are written in one place, the `start` task. The binary, the tests
 *   and the bench read them from there, so they cannot differ.
 * 2 Nothing here adds permissions.
 */
import { fileURLToPath } from "node:url";

/** The path of the project's folder, with a slash at its end. */
export const projectFolder = fileURLToPath(new URL("../", import.meta.url));

/** The text of a task in deno.json; throws if there is no such task. */
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

/** The flags of `deno run` in the `start` task. */
export async function serverFlags(): Promise<string[]> {
  return (await runWords()).filter((word) => word.startsWith("--"));
}

/** The module that the `start` task runs: main.ts as the build bundles it. */
export async function serverModule(): Promise<string> {
  return (await runWords()).at(-1) ?? "";
}

async function runWords(): Promise<string[]> {
  const command = (await taskText("start")).split("&&").at(-1) ?? "";
  const words = command.trim().split(/\s+/);
  return words.slice(words.indexOf("run") + 1).map((word) => word.replace(/^'(.*)'$/, "$1"));
}

/** Those of the flags that are compiled into the binary. */
export async function compiledPermissions(): Promise<string[]> {
  const flags = await serverFlags();
  return flags.filter((flag) => /^--(allow-|deny-|no-prompt|unstable-)/.test(flag));
}
