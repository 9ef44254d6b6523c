// The kill switch and the marks of memory, over real sockets.

import { assertEquals } from "../assert.ts";
import { startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

Deno.test("a reload with --closed ends all calls and admits nobody until the next reload", () =>
  withFolder(async (folder) => {
    const config = `${folder}/parley.toml`;
    await Deno.writeTextFile(config, 'allow-origin = ["*"]\n');
    await using server = await startServer({ args: ["--config", config, "--state-dir", folder] });
    const join = async () => {
      const client = new Client(`${server.url.replace("http", "ws")}/ws`);
      await client.opened;
      client.say({ type: "join", room: "tea", name: "Ann" });
      return client;
    };
    const reload = async (text: string) => {
      const before = server.output.split("settings read again").length;
      await Deno.writeTextFile(config, text);
      server.child.kill("SIGHUP");
      while (server.output.split("settings read again").length === before) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    };
    const ann = await join();
    await ann.hear("welcome");
    await reload('allow-origin = ["*"]\nclosed = true\n');
    assertEquals(await ann.closed, 4512);
    assertEquals(await (await join()).closed, 4512);
    await reload('allow-origin = ["*"]\n');
    const back = await join();
    await back.hear("welcome");
    await back.leave();
  }));

Deno.test("a server that is short of memory accepts no socket, and sends Retry-After", async () => {
  // It uses more than nine tenths of so little as soon as it has begun.
  await using server = await startServer({ args: ["--memory-limit", "64", "--allow-origin", "*"] });
  while (!server.output.includes("memory pressure changed")) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const response = await fetch(`${server.url}/healthz`);
  assertEquals([response.status, (await response.json()).status], [200, "ok"]);
  const handshake = await fetch(`${server.url}/ws`, {
    headers: {
      "upgrade": "websocket",
      "connection": "Upgrade",
      "sec-websocket-version": "13",
      "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
      "origin": server.url,
    },
  });
  await handshake.body?.cancel();
  assertEquals([handshake.status, handshake.headers.get("retry-after")], [503, "30"]);
});
