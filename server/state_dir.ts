/** The state folder: it keeps the key across restarts, readable only by its owner. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./settings/options.ts";

/** The key, and where it is kept. */
export interface KeptKey {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** The folder of the key; undefined: it is in memory only, because no folder is writable. */
  readonly folder: string | undefined;
  /** Why each folder before that one could not be used: "FOLDER: REASON". */
  readonly refusals: readonly string[];
}

const keyBytes = 32;
const fileName = "resume.key";

/** The folders to try by default: that of systemd, the user's, then the one beside the program. */
export function defaultFolders(
  env: (variable: string) => string | undefined,
  { standalone, programFolder }: { standalone: boolean; programFolder: string },
): string[] {
  // A checkout keeps its state inside itself.
  if (!standalone) return [join(programFolder, ".parley")];
  const home = env("HOME");
  const state = env("XDG_STATE_HOME") || (home ? join(home, ".local", "state") : undefined);
  return [
    env("STATE_DIRECTORY")?.split(":")[0],
    state && join(state, "parley"),
    join(programFolder, "parley-state"),
  ].filter((folder): folder is string => folder !== undefined && folder !== "");
}

/** The key by which peers are recognized after a restart. */
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

/** Reads or creates the key in the first usable folder; in memory if there is none. */
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
  // Renamed after writing, so that a process that is killed here leaves no partial key.
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
