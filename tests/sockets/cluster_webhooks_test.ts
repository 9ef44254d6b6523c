// Webhooks of the nodes of a cluster as real programs: each event once, whichever node stops.

import { assert, assertEquals } from "../assert.ts";
import { startCluster } from "../rig/cluster.ts";
import { waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

Deno.test("a node that stops says nothing of a room that goes on at another, which says the rest", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/secret`, "a secret of both");
    const told: string[] = [];
    await using receiver = Deno.serve({ port: 0, onListen() {} }, async (request) => {
      const { type, name, reason } = await request.json();
      told.push([type, name ?? reason].filter(Boolean).join(" "));
      return new Response();
    });
    const hook = `http://127.0.0.1:${receiver.addr.port}/`;
    const args = ["--webhook-url", hook, "--webhook-secret-file", `${folder}/secret`];
    await using cluster = await startCluster({ nodes: 2, args });
    const isTold = (event: string) => () => told.includes(event);
    await waitFor(isTold("server-started"), { what: "the start of the cluster" });
    const [one, two] = cluster.nodes;
    assert(one !== undefined && two !== undefined);
    const join = async (url: string, more: Record<string, unknown>) => {
      const client = new Client(`${url.replace("http", "ws")}/ws`);
      await client.opened;
      client.say({ type: "join", room: "tea", ...more });
      await client.answered;
      return client;
    };
    const ann = await join(one.url, { name: "Ann" });
    const bob = await join(two.url, { name: "Bob" });
    await ann.hear("peer-joined");
    const { resumeToken: resume } = await bob.hear("welcome");
    await one.end();
    assertEquals([await ann.closed, await bob.closed], [1012, 1012]);
    const back = await join(two.url, { name: "Bob", resume });
    assertEquals((await back.answered).resumed, true);
    await back.leave();
    await waitFor(isTold("peer-left left"), { what: "the event of the other node" });
    assertEquals(told.filter((event) => event !== "server-started"), [
      "room-opened",
      "peer-joined Ann",
      "peer-joined Bob",
      "peer-left left",
    ]);
  }));
