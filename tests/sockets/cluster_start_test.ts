// The start of a node, as a real program, while Redis is away.

import { assertEquals, assertStringIncludes } from "../assert.ts";
import { freePort, startRedis, startServer, waitForValue } from "../rig/mod.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

const keptRules = {
  ...{ founded: 1, locked: false, knocking: false, password: "", chat: "everyone" },
  ...{ screen: "everyone", files: "everyone", capacity: 3, invites: [], invitesMade: 0 },
  ...{ reserved: true, emptySince: Date.now() },
};

Deno.test("a node that starts without Redis says why it is not ready, and joins when Redis answers", () =>
  withFolder(async (folder) => {
    const rooms = JSON.stringify({ rooms: [{ room: "kept", rules: keptRules }] });
    await Deno.writeTextFile(`${folder}/rooms.json`, rooms);
    const redisPort = freePort();
    const redis = `redis://127.0.0.1:${redisPort}`;
    await using server = await startServer({
      args: ["--redis", redis, "--state-dir", folder, "--allow-origin", "*"],
    });
    const readiness = async () => await (await fetch(`${server.url}/readyz`)).text();
    assertEquals(await readiness(), "the store of rooms does not answer\n");
    const healthy = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", ...await serverFlags(), "main.ts", "healthy"],
        ...["--port", new URL(server.url).port, "--redis", redis],
      ],
      cwd: projectFolder,
    }).output();
    assertEquals(healthy.code, 0, "a restart would not help");
    const join = async (room: string) => {
      const client = new Client(`${server.url.replace("http", "ws")}/ws`);
      await client.opened;
      client.say({ type: "join", room, name: "Ann" });
      return client;
    };
    const early = await join("tea");
    assertEquals((await early.answered).code, "overload");
    const inside = await fetch(`${server.url}/r/tea/inside`);
    assertEquals([inside.status, inside.headers.get("retry-after")], [503, "2"]);
    await inside.body?.cancel();
    assertStringIncludes(server.output, "nobody can join until it does");
    await using _ = await startRedis({ port: redisPort });
    await waitForValue(readiness, "ready\n", { what: "the node to join" });
    const ann = await join("kept");
    const { capacity } = await ann.hear("welcome");
    assertEquals(capacity, 3, "the rules that the server kept alone");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).toSorted(), [
      "resume.key",
      "rooms.json.imported",
    ]);
    await ann.leave();
  }));
