// Without any one of the checks of the sealing code, at least one test of it fails.

import { join } from "node:path";
import { projectFolder } from "../../../scripts/server_command.ts";
import { assert, assertEquals } from "../../assert.ts";
import { isLong } from "../../seeds.ts";
import { type Mutation, mutations } from "./mutations.ts";

/** What the tests of sealed rooms need. */
const parts = ["deno.json", "import_map.json", "app/deno.json", "protocol", "signaling", "mesh"];
const testParts = ["assert.ts", "chance.ts", "seeds.ts", "deno.lock", "evil", "mesh", "signaling"];
/** Each takes some seconds. */
const lanes = 2;

async function copy(from: string, to: string): Promise<void> {
  const { isDirectory } = await Deno.stat(from);
  if (!isDirectory) {
    await Deno.mkdir(join(to, ".."), { recursive: true });
    return await Deno.copyFile(from, to);
  }
  for await (const { name } of Deno.readDir(from)) await copy(join(from, name), join(to, name));
}

/** Whether the tests of sealed rooms succeed in a copy of the project. */
async function succeeds(folder: string): Promise<boolean> {
  const sealing = "tests/mesh/sealing";
  const tests: string[] = [];
  for await (const { name } of Deno.readDir(join(folder, sealing))) {
    if (/(?<!mutations|property)_test\.ts$/.test(name)) tests.push(`${sealing}/${name}`);
  }
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["test", "--quiet", "--fail-fast", "-A", "--unstable-net", "--no-check"],
      ...["--lock=tests/deno.lock", "--frozen", ...tests],
    ],
    cwd: folder,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

/** Whether a test fails without this check. */
async function isNoticed(mutation: Mutation, folder: string): Promise<boolean> {
  const { file, from, to, also: [other, instead] = ["", ""] } = mutation;
  const path = join(folder, "mesh", file);
  const source = await Deno.readTextFile(path);
  const changed = source.replace(from, () => to).replace(other, () => instead);
  await Deno.writeTextFile(path, changed);
  try {
    return !await succeeds(folder);
  } finally {
    await Deno.writeTextFile(path, source);
  }
}

Deno.test("each check of the sealing code is found where it is said to be", async () => {
  for (const { name, file, from, also: [other = from] = [] } of mutations) {
    const source = await Deno.readTextFile(join(projectFolder, "mesh", file));
    for (const text of [from, other]) {
      assertEquals(source.split(text).length, 2, `${name}: once in ${file}`);
    }
  }
});

Deno.test({
  name: "without any one check of the sealing code a test fails",
  ignore: !isLong,
  async fn() {
    const left = [...mutations];
    const missed: string[] = [];
    const work = async () => {
      const folder = await Deno.makeTempDir({ prefix: "parley-mutation-" });
      try {
        for (const part of [...parts, ...testParts.map((part) => `tests/${part}`)]) {
          await copy(join(projectFolder, part), join(folder, part));
        }
        assert(await succeeds(folder), "the tests succeed with all checks");
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const noticed = await isNoticed(next, folder);
          console.log(noticed ? "noticed" : "MISSED", next.file, next.name);
          if (!noticed) missed.push(`${next.file}: ${next.name}`);
        }
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: lanes }, work));
    assertEquals(missed, []);
  },
});
