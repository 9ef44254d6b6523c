// The one-file program as people get it: run from another directory, with an empty environment.
// `deno task test` compiles it first.

import { assert, assertEquals, assertMatch } from "../assert.ts";
import { join } from "node:path";
import { projectFolder } from "../../scripts/server_command.ts";
import { findFiles } from "../architecture/source_files.ts";
import { Client } from "../sockets/client.ts";
import { RelayClient } from "../sockets/turn_client.ts";
import { alone, binary } from "./alone.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type RunningServer,
  runServer,
  startServer,
  waitFor,
  waitForFullMesh,
} from "../rig/mod.ts";

async function status(server: RunningServer, path: string): Promise<number> {
  const response = await fetch(server.url + path);
  await response.body?.cancel();
  return response.status;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A port that was free a moment ago. */
function freePort(): number {
  using listener = Deno.listen({ port: 0 });
  return listener.addr.port;
}

Deno.test("the binary serves every asset as it was built", async () => {
  await using server = await startServer(alone());
  let served = 0;
  // Scripts of static/ are served as the build has shrunk them into _fresh/static.
  const places = { "static": "", "_fresh/static/js": "/_fresh/js", "_fresh/static": "" };
  for (const [folder, prefix] of Object.entries(places)) {
    for (
      const path of await findFiles(folder, folder === "_fresh/static" ? /static\/[^/]+$/ : /./)
    ) {
      if (folder === "static" && path.endsWith(".js")) continue;
      const address = prefix + path.slice(folder.length);
      const response = await fetch(server.url + address);
      const bytes = new Uint8Array(await response.arrayBuffer());
      assertEquals(response.status, 200, address);
      assert(isSame(bytes, await Deno.readFile(join(projectFolder, path))), `${address} differs`);
      served++;
    }
  }
  assert(served >= 2, `${served} assets`);
});

Deno.test("the binary serves the pages, and says so when there is none", async () => {
  await using server = await startServer(alone());
  for (const path of ["/", "/r/any-room"]) {
    const response = await fetch(server.url + path);
    const html = await response.text();
    assertEquals(response.status, 200, path);
    assertMatch(response.headers.get("content-type") ?? "", /text\/html/);
    assertMatch(html, /<!doctype html>/i);
    // Each script and style the page names is there.
    const named = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="(\/[^"]*)"/g)];
    assert(named.length > 0, `${path} names no asset`);
    for (const [, asset = ""] of named) assertEquals(await status(server, asset), 200, asset);
  }
  assertEquals(await status(server, "/no/such/page"), 404);
});

Deno.test("two people in two browsers meet on the binary", async () => {
  await using server = await startServer(alone());
  await using first = await launchChromium();
  await using second = await launchChromium();
  await using ann = await joinByLink(first, { server, room: "binary", name: "Ann" });
  await using bob = await joinByLink(second, { server, room: "binary", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("the binary is at most 7 MB larger than its runtime", {
  ignore: Deno.build.target !== "x86_64-unknown-linux-gnu",
}, async () => {
  // The size of denort 2.7.11 for this target, see scripts/denort.ts. The rest is the server
  // with its packages and source maps (3), and what pages load (2).
  const runtimeBytes = 97_076_048;
  const { size } = await Deno.stat(binary);
  assert(size > runtimeBytes && size < runtimeBytes + 7e6, `${size} bytes`);
});

Deno.test("the binary holds nothing of the build tools, and no package as a whole", async () => {
  const text = new TextDecoder("latin1").decode(await Deno.readFile(binary));
  // Words of the tools' code, not their names: those stand in the sources of the project.
  const tools = [
    "ESBUILD_BINARY_PATH",
    "@esbuild/linux-x64",
    "DefaultsError",
    "PUPPETEER_REVISIONS",
  ];
  const packages = ['"devDependencies"', "CHANGELOG.md"];
  for (const mark of [...tools, ...packages]) {
    assertEquals(text.indexOf(mark), -1, `found "${mark}"`);
  }
});

Deno.test("the binary relays over UDP and TCP", async () => {
  await using server = await startServer(alone(["--allow-origin", "*"]));
  await waitFor(() => server.output.includes('"relaying"'), { what: "the relay" });
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "tea", name: "Ann" });
  const { iceServers: servers } = await client.hear("welcome");
  assert(Array.isArray(servers));
  const [{ urls, username, credential: password }] = servers;
  using byUdp = RelayClient.overUdp(Number(String(urls[0]).split(":").at(-1)));
  using byTcp = await RelayClient.overTcp(Number(new URL(server.url).port));
  for (const way of [byUdp, byTcp]) await way.relayed({ username, password });
  await client.leave();
});

Deno.test("--version and --help answer and end", async () => {
  const version = await runServer(alone(["--version"]));
  assertEquals(version.code, 0);
  assertMatch(version.output, /^parley \d+\.\d+\.\d+\nprogram [\da-f]{64}\n$/);
  const help = await runServer(alone(["--help"]));
  assertEquals(help.code, 0);
  for (const flag of ["--port", "--host", "--room-capacity", "--version"]) {
    assert(help.output.includes(flag), flag);
  }
});

Deno.test("a taken port is one clear line and exit code 1", async () => {
  using taken = Deno.listen({ port: 0, hostname: "0.0.0.0" });
  const { code, output } = await runServer(alone(["--port", String(taken.addr.port)]));
  assertEquals(code, 1);
  assertEquals(output.trimEnd().split("\n").length, 1, output);
  assert(output.includes(String(taken.addr.port)), output);
});

Deno.test("its doctor sees the machine's memory and file descriptors", async () => {
  const { output } = await runServer(alone(["doctor", "--port", "0"]));
  assertMatch(output, /^(ok|warn) +memory +\d+ MB$/m);
  assertMatch(output, /^(ok|warn) +file descriptors .*may be open/m);
});

Deno.test("a flag that makes no sense is one clear line and exit code 2", async () => {
  for (const args of [["--port", "many"], ["--frobnicate"]]) {
    const { code, output } = await runServer(alone(args));
    assertEquals(code, 2);
    assertEquals(output.trimEnd().split("\n").length, 1, output);
  }
});

Deno.test("port and host are taken from flags and from the environment", async () => {
  const byEnvironment = freePort();
  const settings = { PORT: String(byEnvironment), HOST: "127.0.0.1" };
  {
    await using server = await startServer(alone([], settings));
    assertEquals(new URL(server.url).port, String(byEnvironment));
    assert(server.output.includes(`http://127.0.0.1:${byEnvironment}`), server.output);
  }
  const byFlag = freePort();
  await using server = await startServer(
    alone(["--port", String(byFlag), "--host", "127.0.0.1"], settings),
  );
  assertEquals(new URL(server.url).port, String(byFlag), "a flag wins");
});

Deno.test("SIGTERM ends it with code 0 within 6 s, members or not", async () => {
  const server = await startServer(alone(["--allow-origin", "*"]));
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/ws`);
  const closed = new Promise<number>((resolve) => socket.onclose = ({ code }) => resolve(code));
  await new Promise((resolve) => socket.onopen = resolve);
  const { code } = await server.stop();
  assertEquals(code, 0);
  assertEquals(await closed, 1012);
});
