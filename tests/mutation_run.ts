/**
 * Removes one check of the source after the other, each in a copy of the project, and finds out
 * whether a test notices.
 */
import { join } from "node:path";
import { projectFolder } from "../scripts/server_command.ts";
import { assert, assertEquals } from "./assert.ts";

/** One check less. */
export interface Mutation {
  readonly name: string;
  /** In the folder of the mutations. */
  readonly file: string;
  /** Occurs once in the file. */
  readonly from: string;
  readonly to: string;
  /** A second edit, where two places do the same. */
  readonly also?: readonly [from: string, to: string];
}

/** Mutations of one file, in short. */
export function inFile(
  file: string,
  mutations: readonly (readonly [name: string, from: string, to: string])[],
): Mutation[] {
  return mutations.map(([name, from, to]) => ({ name, file, from, to }));
}

/** Mutations, and the tests that must notice them. */
export interface MutationRun {
  readonly mutations: readonly Mutation[];
  /** Where their files are. */
  readonly folder: string;
  /** Folders and files that the tests need. */
  readonly parts: readonly string[];
  /** Whether a test file is one of them; by its path. */
  readonly isNoticing: (path: string) => boolean;
  /** Variables that the tests have besides. */
  readonly env?: Record<string, string>;
}

/** Each takes some seconds. */
const lanes = 2;

/** Each check is found where it is said to be. */
export async function expectChecks({ mutations, folder }: MutationRun): Promise<void> {
  for (const { name, file, from, also: [other = from] = [] } of mutations) {
    const source = await Deno.readTextFile(join(projectFolder, folder, file));
    for (const text of [from, other]) {
      assertEquals(source.split(text).length, 2, `${name}: once in ${file}`);
    }
  }
}

/** Without any one of the checks a test fails. */
export async function expectAllNoticed(run: MutationRun): Promise<void> {
  const left = [...run.mutations];
  const missed: string[] = [];
  const work = async () => {
    const copied = await Deno.makeTempDir({ prefix: "parley-mutation-" });
    try {
      for (const part of run.parts) await copy(join(projectFolder, part), join(copied, part));
      assert(await succeeds(run, copied), "the tests succeed with all checks");
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const noticed = await isNoticed(run, { mutation: next, copied });
        console.log(noticed ? "noticed" : "MISSED", next.file, next.name);
        if (!noticed) missed.push(`${next.file}: ${next.name}`);
      }
    } finally {
      await Deno.remove(copied, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  assertEquals(missed, []);
}

async function copy(from: string, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) {
    await Deno.mkdir(join(to, ".."), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}

/** Whether the tests succeed in a copy of the project. */
async function succeeds({ isNoticing, env = {} }: MutationRun, copied: string): Promise<boolean> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--quiet", "--fail-fast", "-A", "--unstable-net", "--no-check"],
      ...["--lock=tests/deno.lock", "--frozen"],
      ...await filesOf(copied, { under: "tests", isNoticing }),
    ],
    cwd: copied,
    env,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

async function filesOf(
  copied: string,
  { under, isNoticing }: { under: string; isNoticing: (path: string) => boolean },
): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(copied, under))) {
    const path = `${under}/${name}`;
    if (isDirectory) found.push(...await filesOf(copied, { under: path, isNoticing }));
    else if (isNoticing(path)) found.push(path);
  }
  return found;
}

/** Whether a test fails without this check. */
async function isNoticed(
  run: MutationRun,
  { mutation, copied }: { mutation: Mutation; copied: string },
): Promise<boolean> {
  const { file, from, to, also: [other, instead] = ["", ""] } = mutation;
  const path = join(copied, run.folder, file);
  const source = await Deno.readTextFile(path);
  const changed = source.replace(from, () => to).replace(other, () => instead);
  await Deno.writeTextFile(path, changed);
  try {
    return !await succeeds(run, copied);
  } finally {
    await Deno.writeTextFile(path, source);
  }
}
