// The balancers of deploy/ bring the members of a room to one node, and the rooms to all nodes.

import { assert, assertEquals } from "../assert.ts";
import { type BalancerName, startBalancer, startCluster, waitForValue } from "../rig/mod.ts";
import { Client } from "./client.ts";

const rooms = Array.from({ length: 20 }, (_, number) => `茶-${number}`);

Deno.test("nginx, Caddy and HAProxy bring the members of a room to one node", async () => {
  await using cluster = await startCluster();
  const ports = cluster.nodes.map(({ port }) => port);
  for (const name of ["nginx", "caddy", "haproxy"] satisfies BalancerName[]) {
    await using balancer = await startBalancer(ports, { name });
    const address = `${balancer.url.replace("http", "ws")}/ws?room=`;
    const clients: Client[] = [];
    for (const room of [...rooms, ...rooms]) {
      const client = new Client(address + encodeURIComponent(room));
      await client.opened;
      client.say({ type: "join", room: `${name}-${room}`, name: "Ann" });
      await client.hear("welcome");
      clients.push(client);
    }
    const healths = await Promise.all(cluster.nodes.map((node) => node.health()));
    assertEquals(healths.map(({ cluster }) => cluster.farSockets), [0, 0, 0], name);
    const homes = healths.map(({ cluster }) => cluster.homes);
    assert(homes.filter((count) => count > 0).length > 1, `${name}: rooms at the nodes: ${homes}`);
    await Promise.all(clients.map((client) => client.leave()));
    const left = async () =>
      (await Promise.all(cluster.nodes.map((node) => node.health())))
        .reduce((sum, { cluster }) => sum + cluster.homes, 0);
    await waitForValue(left, 0, { what: "all rooms to be given up" });
  }
});
