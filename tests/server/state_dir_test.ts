import { assert, assertEquals, assertNotEquals } from "../assert.ts";
import { defaultFolders, keepKey } from "../../server/state_dir.ts";

const env = (variables: Record<string, string>) => (name: string) => variables[name];
const binary = { standalone: true, programFolder: "/opt/parley" };

Deno.test("the folder is systemd's, else the user's, else the one beside the binary", () => {
  assertEquals(
    defaultFolders(env({ STATE_DIRECTORY: "/var/lib/parley:/x", HOME: "/home/ann" }), binary),
    ["/var/lib/parley", "/home/ann/.local/state/parley", "/opt/parley/parley-state"],
  );
  assertEquals(defaultFolders(env({ XDG_STATE_HOME: "/state", HOME: "/home/ann" }), binary), [
    "/state/parley",
    "/opt/parley/parley-state",
  ]);
  assertEquals(defaultFolders(env({}), binary), ["/opt/parley/parley-state"]);
  const checkout = { standalone: false, programFolder: "/src" };
  assertEquals(defaultFolders(env({ HOME: "/home/ann" }), checkout), ["/src/.parley"]);
});

Deno.test("the key is made once, found again, and readable by its owner only", async () => {
  const parent = await Deno.makeTempDir();
  const folder = `${parent}/a/b`;
  const first = keepKey([folder]);
  assertEquals([first.key.length, first.folder, first.refusals], [32, folder, []]);
  assertEquals(keepKey([folder]).key, first.key);
  const { mode } = await Deno.stat(`${folder}/resume.key`);
  assertEquals((mode ?? 0) & 0o777, 0o600);
  assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["resume.key"]);
  await Deno.remove(parent, { recursive: true });
});

Deno.test("an unusable folder is skipped with a reason, and without any the key is in memory", async () => {
  const parent = await Deno.makeTempDir();
  const file = `${parent}/file`;
  await Deno.writeTextFile(file, "not a folder");
  const broken = `${parent}/broken`;
  await Deno.mkdir(broken);
  await Deno.writeTextFile(`${broken}/resume.key`, "short");
  const kept = keepKey([`${file}/x`, broken, `${parent}/good`]);
  assertEquals(kept.folder, `${parent}/good`);
  assertEquals(kept.refusals.length, 2);
  assert(kept.refusals[1]?.includes("5 bytes, not 32"));
  const inMemory = keepKey([`${file}/x`]);
  assertEquals([inMemory.folder, inMemory.key.length], [undefined, 32]);
  assertNotEquals(keepKey([`${file}/x`]).key, inMemory.key);
  await Deno.remove(parent, { recursive: true });
});
