// The npm package of the client module, packed and installed by npm without a network, with the
// unchanged program of the manual.

import { assert, assertEquals, assertMatch, assertStringIncludes, fail } from "../assert.ts";
import { join } from "node:path";
import { projectFolder } from "../../scripts/server_command.ts";
import { version } from "../../server/version.ts";
import { startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

const address = "https://talk.example.org";
const manual = await Deno.readTextFile(join(projectFolder, "docs", "client.md"));
const example = /```js node\n(.*?)```/s.exec(manual)?.[1] ?? fail("no program for Node");

/** Runs a program to its end; fails unless it succeeds. */
async function run(command: string, args: string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd,
    stdin: "null",
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert(success, `${command} ${args.join(" ")}:\n${text(stdout)}${text(stderr)}`);
  return text(stdout);
}

/**
 * Runs the task that writes the package, as a child process: the process of esbuild ends at any
 * time, which would count as a leak in the test.
 */
async function writePackage(folder: string): Promise<void> {
  const flags = ["-A", "--lock=tests/deno.lock", "--frozen"];
  await run(Deno.execPath(), ["run", ...flags, "scripts/client.ts", folder], projectFolder);
}

/** An otherwise empty folder where the package is installed from the file that npm packs. */
async function install(): Promise<{ folder: string } & AsyncDisposable> {
  const top = await Deno.makeTempDir({ prefix: "parley-client-" });
  const written = join(top, "written");
  await writePackage(written);
  const folder = join(top, "program");
  await Deno.mkdir(folder);
  const packed = (await run("npm", ["pack", "--silent", written], folder)).trim();
  assertEquals(packed, `parley-client-${version}.tgz`);
  await Deno.writeTextFile(join(folder, "package.json"), `{ "private": true, "type": "module" }`);
  const quiet = ["--offline", "--no-audit", "--no-fund", "--silent"];
  await run("npm", ["install", ...quiet, `./${packed}`], folder);
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(top, { recursive: true }) };
}

Deno.test("the package installs without a network and runs the manual's program in Node and in Deno", async (test) => {
  await using installed = await install();
  const { folder } = installed;
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const program = join(folder, "say.mjs");
  await Deno.writeTextFile(program, example.replaceAll(address, server.url));
  const runs: Record<string, [string, string[]]> = {
    "Node": ["node", [program]],
    "Deno": [Deno.execPath(), ["run", "-A", "--no-lock", program]],
  };
  for (const [name, [command, args]] of Object.entries(runs)) {
    await test.step(name, async () => {
      const ann = new Client(`${server.url.replace("http", "ws")}/ws`, ["parley.v1"]);
      await ann.opened;
      ann.say({ type: "join", room: "tea", name: "Ann" });
      await ann.hear("welcome");
      assertEquals(await run(command, args, folder), "left: left\n");
      assertStringIncludes(JSON.stringify(await ann.hear("chat")), "The build is done.");
      await ann.leave();
    });
  }
  await test.step("a WebSocket of the program's own, which may fail loudly", async () => {
    const own = `import { RoomClient } from "parley-client";
      import Fallback from "./node_modules/parley-client/ws.cjs";
      let opened = 0;
      class Own extends Fallback {
        constructor(url, ...given) {
          super(url, ...given);
          if (++opened === 2) setImmediate(() => {
            console.log(url);
            room.leave();
          });
        }
      }
      const room = new RoomClient({ server: "http://127.0.0.1:9/talk/?a#b", WebSocket: Own });
      room.join({ room: "tea", name: "Ann" });`;
    await Deno.writeTextFile(join(folder, "own.mjs"), own);
    assertEquals(
      (await run("node", ["own.mjs"], folder)).split("\n")[0],
      "ws://127.0.0.1:9/talk/ws?room=tea",
    );
  });
  await test.step("its types fit the manual's program and refuse what is not there", async () => {
    const check = (text: string) => {
      Deno.writeTextFileSync(join(folder, "typed.ts"), text);
      const args = ["check", "--quiet", "--no-lock", "typed.ts"];
      return new Deno.Command(Deno.execPath(), { args, cwd: folder, env: { NO_COLOR: "1" } })
        .output();
    };
    const good = await check(example);
    assert(good.success, new TextDecoder().decode(good.stderr));
    const bad = await check(example.replace("event.state.reason", "event.state.selfId"));
    assertStringIncludes(new TextDecoder().decode(bad.stderr), "selfId");
  });
});

Deno.test("the package describes itself and holds no other files", async () => {
  const folder = await Deno.makeTempDir();
  await writePackage(folder);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).toSorted();
  const { files, ...manifest } = JSON.parse(
    await Deno.readTextFile(join(folder, "package.json")),
  );
  assertEquals(names, [...files, "README.md", "package.json"].toSorted());
  const { name, version: said, license, type, engines, dependencies } = manifest;
  assertEquals([name, said, license, type, engines, dependencies], [
    ...["parley-client", version, "MIT", "module", { node: ">=20" }, undefined],
  ]);
  for (const path of Object.values<string>(manifest.exports["."])) {
    assert(names.includes(path.slice(2)), path);
  }
  const code = await Deno.readTextFile(join(folder, "index.js"));
  assertMatch(code, /export \{\s*(\w+ as )?RoomClient\s*\}/);
  assert(!/\bfrom ["']|\brequire\(/.test(code), "it imports nothing");
  for (const file of ["index.js", "index.d.ts", "node.js", "README.md"]) {
    assert(!(await Deno.readTextFile(join(folder, file))).includes(projectFolder), file);
  }
  await Deno.remove(folder, { recursive: true });
});
