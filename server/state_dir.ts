/** What outlives the process: one key, in a folder that only its owner may read. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./settings/options.ts";

/** A key, and where it is kept. */
export interface KeptKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The folder it is kept in; undefined: only in memory, because no folder could be written. */
  readonly folder: string | undefined;
  /** Why the folders before that one could not be used, in words. */
  readonly refusals: readonly string[];
}

const keyBytes = 32;
const fileName = "resume.key";

/** The folders to try when none is named: the one systemd gives, the user's own, then the one beside the program. */
export function defaultFolders(
  env: (variable: string) => string | undefined,
  { standalone, programFolder }: { standalone: boolean; programFolder: string },
): string[] {
  // From a checkout, what belongs to it stays in it.
  if (!standalone) return [join(programFolder, ".parley")];
  const home = env("HOME");
  const state = env("XDG_STATE_HOME") || (home ? join(home, ".local", "state") : undefined);
  return [
    env("STATE_DIRECTORY")?.split(":")[0],
    state && join(state, "parley"),
    join(programFolder, "parley-state"),
  ].filter((folder): folder is string => folder !== undefined && folder !== "");
}

/** The key by which peers are known again after a restart. */
export function keepStateKey({ stateDir }: Pick<Config, "stateDir">): KeptKey {
  const standalone = Deno.build.standalone;
  const program = standalone
    ? Deno.execPath()
    : fileURLToPath(new URL("../main.ts", import.meta.url));
  return keepKey(
    stateDir === undefined
      ? defaultFolders((variable) => Deno.env.get(variable), {
        standalone,
        programFolder: dirname(program),
      })
      : [stateDir],
  );
}

/** Reads the key from the first of `folders` that has or takes one; makes one in memory when none does. */
export function keepKey(folders: readonly string[]): KeptKey {
  const refusals: string[] = [];
  for (const folder of folders) {
    try {
      return { key: readOrMakeKey(folder), folder, refusals };
    } catch (error) {
      refusals.push(`${folder}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return { key: newKey(), folder: undefined, refusals };
}

function newKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(keyBytes));
}

function readOrMakeKey(folder: string): Uint8Array {
  const file = join(folder, fileName);
  const kept = readIfThere(file);
  if (kept !== undefined) {
    if (kept.length !== keyBytes) throw new Error(`${fileName} has ${kept.length} bytes, not 32`);
    return kept;
  }
  Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = newKey();
  // Whole or not at all: a process that is killed here must not leave half a key behind.
  const draft = join(folder, `${fileName}.${crypto.randomUUID()}`);
  Deno.writeFileSync(draft, key, { mode: 0o600, createNew: true });
  Deno.renameSync(draft, file);
  return key;
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
