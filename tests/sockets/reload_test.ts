// SIGHUP with settings that cannot be used, on the real program.

import { assertEquals, assertStringIncludes } from "../assert.ts";
import { startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

Deno.test("a reload with an ICE server that browsers throw on is one line, and the old one stays", () =>
  withFolder(async (folder) => {
    const file = `${folder}/parley.json`;
    const write = (servers: unknown) =>
      Deno.writeTextFile(file, JSON.stringify({ "ice-servers": servers, "allow-origin": "*" }));
    const good = [{ urls: "stun:stun.example.org" }];
    await write(good);
    await using server = await startServer({
      args: ["--config", file, "--state-dir", folder, "--no-turn"],
    });
    await write([...good, { urls: "turn:a b", username: "u", credential: "hush" }]);
    server.child.kill("SIGHUP");
    const lines = await waitFor(() => {
      const found = server.output.split("\n").filter((line) => line.includes("the old ones stay"));
      return found.length > 0 ? found : undefined;
    }, { what: "the refusal" });
    assertEquals(lines.length, 1);
    assertStringIncludes(lines.join(), "parley.json: ice-servers");
    assertEquals(server.output.includes("hush"), false);
    const client = new Client(`${server.url.replace("http", "ws")}/ws`);
    await client.opened;
    client.say({ type: "join", room: "tea", name: "Ann" });
    assertEquals((await client.hear("welcome")).iceServers, good);
    await client.leave();
  }));
