// The program that `deno task start` runs: main.ts as the build has bundled it.

import { dirname, join, relative } from "node:path";
import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverModule } from "../../scripts/server_command.ts";
import { startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";

Deno.test("the bundled program serves pages, their files and sockets", async () => {
  await using server = await startServer({
    module: await serverModule(),
    args: ["--allow-origin", "*"],
    ownState: false,
  });
  const page = await (await fetch(server.room("tea"))).text();
  const [, style = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(page) ?? [];
  const file = await fetch(server.url + style);
  assertMatch(await file.text(), /\{/);
  assertEquals([file.status, file.headers.get("content-type")], [200, "text/css; charset=utf-8"]);
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "tea", name: "Ann" });
  await client.hear("welcome");
  await client.leave();
  // As from source, the state is inside the checkout.
  await waitFor(() => server.output.includes('"words":"listening"'), { what: "the log" });
  assertStringIncludes(server.output, `"keyFolder":"${projectFolder}.parley"`);
});

Deno.test("the code of pages is loaded after the start, before a person asks for one", async () => {
  // In the project, whose configuration and lock file it starts with.
  await Deno.mkdir(join(projectFolder, "dist"), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: join(projectFolder, "dist") });
  try {
    for (const part of ["_fresh", "static"]) {
      await new Deno.Command("cp", { args: ["-r", join(projectFolder, part), folder] }).output();
    }
    const module = join(folder, await serverModule());
    // The module of the room's page says when it is evaluated.
    const [page = ""] = [...Deno.readDirSync(dirname(module))].map(({ name }) => name)
      .filter((name) => /^\[room\]-\w+\.js$/.test(name));
    const file = join(dirname(module), page);
    const text = await Deno.readTextFile(file);
    await Deno.writeTextFile(file, `console.error("the page is loaded");${text}`);
    // The rig asks for /healthz only.
    await using server = await startServer({ module: relative(projectFolder, module) });
    await waitFor(() => server.output.includes("the page is loaded"), { what: "the page's code" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a start without --redis loads nothing of a cluster", async () => {
  const folder = dirname(join(projectFolder, await serverModule()));
  const sources: string[] = [];
  const loaded = new Set<string>();
  const load = async (name: string) => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const text = await Deno.readTextFile(join(folder, name));
    const map = JSON.parse(await Deno.readTextFile(join(folder, `${name}.map`)));
    sources.push(...map.sources);
    // Those of import() have a parenthesis before the name.
    for (const [, next = ""] of text.matchAll(/(?:from|import) ?"\.\/([^"]+\.js)"/g)) {
      await load(next);
    }
  };
  await load("main.js");
  assertEquals(sources.filter((source) => source.endsWith("/signaling/shell/hub.ts")).length, 1);
  assertEquals(sources.filter((source) => /\/cluster\/|@redis/.test(source)), []);
});
