// What a node counts of its cluster.

import { assert, assertEquals } from "../../assert.ts";
import { type Node, Nodes } from "./nodes.ts";

/** The value of each metric of the cluster; that of a label as "NAME VALUE". */
async function figuresOf({ server }: Node): Promise<Record<string, number>> {
  const { text } = await server.parley.metrics.text();
  const lines = text.matchAll(/^parley_cluster_(\w+)(?:\{\w+="(\w+)"\})? (\S+)$/gm);
  return Object.fromEntries(
    lines.map(([, name, label, value]) =>
      [label === undefined ? name : `${name} ${label}`, Number(value)] as const
    ),
  );
}

Deno.test("every metric of a cluster has a row in the manual, and every row a metric", async () => {
  await using nodes = new Nodes();
  const { server } = await nodes.start();
  const { text } = await server.parley.metrics.text();
  const names = [...text.matchAll(/^# TYPE (parley_cluster_\w+)/gm)].map(([, name = ""]) => name);
  const manual = await Deno.readTextFile(
    new URL("../../../docs/operating.md", import.meta.url),
  );
  const rows = [...manual.matchAll(/^\| `(parley_cluster_\w+)`/gm)].map(([, name = ""]) => name);
  assertEquals(names.toSorted(), rows.toSorted());
  assert(names.length > 0);
});

Deno.test("homes, far sockets, links and commits are counted where they are", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  await two.join("tea", "Bob");
  await ann.hear("peer-joined");
  const home = await figuresOf(one);
  const edge = await figuresOf(two);
  assertEquals([home.online, home.homes, home.far_sockets, home.links], [1, 1, 0, 1]);
  assertEquals([edge.online, edge.homes, edge.far_sockets, edge.links], [1, 0, 1, 1]);
  assertEquals([home.homes_taken_total, edge.homes_taken_total], [1, 0]);
  // One for each join: the record of a new room is written whole at once.
  assertEquals([home["commits_total held"], home["commits_total rewrite"]], [2, undefined]);
  assert((home.commit_seconds_total ?? 0) > 0);
  assertEquals(home.waiting_steps, 0);
});

Deno.test("a home that another node has taken, and the sockets of a lost home, are counted", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const bob = await two.join("tea", "Bob");
  await ann.hear("peer-joined");
  nodes.store.state.expire("tea");
  nodes.store.state.take("another", "tea");
  ann.say({ type: "chat", ref: "r1", text: "too late" });
  assertEquals([await ann.closed, await bob.closed], [1012, 1012]);
  const home = await figuresOf(one);
  assertEquals([home.homes_lost_total, home["commits_total lost"], home.homes], [1, 1, 0]);
  assertEquals(ann.heard.filter(({ type }) => type === "chat"), []);
  await two.join("cake", "Cy");
  const dan = await one.join("cake", "Dan");
  await nodes.stop(two);
  assertEquals(await dan.closed, 1012);
  assertEquals((await figuresOf(one))["sockets_lost_total edge"], 1);
});
