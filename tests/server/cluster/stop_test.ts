// Rooms of a node that stops, or is short of memory: who continues them, and what is told of it.

import { assert, assertEquals } from "../../assert.ts";
import type { RoomEvent } from "../../../server/webhooks.ts";
import type { Config } from "../../../server/settings/options.ts";
import { text } from "../../sockets/client.ts";
import { type Node, Nodes } from "./nodes.ts";

/** Runs with a receiver of webhooks; `told`: "TYPE NAME-OR-ROOM" of each event, of all nodes. */
async function withReceiver(
  run: (hooks: Partial<Config>, told: () => string[]) => Promise<void>,
): Promise<void> {
  const events: RoomEvent[] = [];
  const receiver = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      events.push(await request.json());
      return new Response();
    },
  );
  const webhookSecretFile = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(webhookSecretFile, "a secret of both");
    const webhookUrl = `http://127.0.0.1:${receiver.addr.port}/`;
    await run({ webhookUrl, webhookSecretFile }, () => {
      const names = new Map(
        events.flatMap(({ peerId, name }) =>
          peerId === undefined || name === undefined ? [] : [[peerId, name] as const]
        ),
      );
      return events.map(({ type, room, peerId = "" }) => `${type} ${names.get(peerId) ?? room}`);
    });
  } finally {
    await receiver.shutdown();
    await Deno.remove(webhookSecretFile);
  }
}

/** Stops a node as serve.ts does: what becomes of the rooms is settled before the last events. */
async function stop(nodes: Nodes, node: Node): Promise<void> {
  const { hub, webhooks } = node.server.parley;
  const closed = hub.close();
  await hub.roomsSettled;
  await webhooks.finish();
  await closed;
  await nodes.stop(node);
}

// A stop of the webhooks leaves a timer that does not keep the process.
const leavesTimer = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "a node that stops hands its rooms on: people resume at another, and no event says that they left",
  leavesTimer,
  () =>
    withReceiver(async (hooks, told) => {
      await using nodes = new Nodes();
      const [one, two] = [await nodes.start(hooks), await nodes.start(hooks)];
      const ann = await one.join("tea", "Ann");
      const bob = await two.join("tea", "Bob");
      ann.say({ type: "chat", ref: "r1", text: "before" });
      await bob.hear("chat");
      const { peerId, resumeToken, epoch, revision } = await ann.hear("welcome");
      await stop(nodes, one);
      assertEquals([await ann.closed, await bob.closed], [1012, 1012]);
      const followed = { epoch, revision };
      const back = await two.join("tea", "Ann", { resume: resumeToken, followed });
      const welcome = await back.hear("welcome");
      assertEquals([welcome.resumed, welcome.peerId, welcome.epoch], [true, peerId, epoch]);
      assertEquals(text(welcome, "missed", "0", "text"), "before");
      assertEquals(two.cluster.health.homes, 1);
      await back.leave();
      const bobToken = text(await bob.hear("welcome"), "resumeToken");
      const bobBack = await two.join("tea", "Bob", { resume: bobToken });
      assertEquals((await bobBack.hear("welcome")).resumed, true);
      await bobBack.leave();
      await stop(nodes, two);
      assertEquals(told(), [
        "room-opened tea",
        "peer-joined Ann",
        "peer-joined Bob",
        "peer-left Ann",
        "peer-left Bob",
        "room-emptied tea",
      ]);
    }),
);

Deno.test(
  "only a node that starts alone, with nobody who may come back, says that nobody is inside",
  leavesTimer,
  () =>
    withReceiver(async (hooks, told) => {
      await using nodes = new Nodes();
      const one = await nodes.start(hooks);
      assertEquals(await one.cluster.joined, { isFirst: true });
      const two = await nodes.start(hooks);
      assertEquals(await two.cluster.joined, { isFirst: false });
      await one.join("tea", "Ann");
      await stop(nodes, two);
      await stop(nodes, one);
      // Ann may still come back, so a new node must not say that nobody is inside.
      const three = await nodes.start(hooks);
      assertEquals(await three.cluster.joined, { isFirst: false });
      assertEquals(told(), ["room-opened tea", "peer-joined Ann"]);
    }),
);

Deno.test("a lease that the store grants to a node that is stopping is given back", async () => {
  await using nodes = new Nodes();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: asked, resolve: onAsk } = Promise.withResolvers<void>();
  const node = await nodes.start({}, {
    connect: (id, listener) => {
      const store = nodes.store.connect(id, listener);
      const take = async (room: string) => {
        const taken = await store.take(room);
        onAsk();
        await gate;
        return taken;
      };
      return Promise.resolve(Object.assign(Object.create(store), { take }));
    },
  });
  const early = await node.server.connect();
  early.say({ type: "join", room: "tea", name: "Ann" });
  await asked;
  const stopped = nodes.stop(node);
  open();
  await stopped;
  assertEquals(nodes.store.state.holderOf("tea"), undefined);
});

/** Starts a node whose memory is above the first mark and stays there. */
async function startShort(nodes: Nodes): Promise<Node> {
  const memoryLimit = Deno.memoryUsage().rss / 2 ** 20 / 0.82;
  const node = await nodes.start({ memoryLimit });
  const { memory, log } = node.server.parley;
  memory.look();
  memory.close();
  await log.written(10_000);
  assertEquals(memory.pressure, "high");
  return node;
}

Deno.test("a node that is short of memory takes no room: people who come by it are in one of another", async () => {
  await using nodes = new Nodes();
  const short = await startShort(nodes);
  const [two, three] = [await nodes.start(), await nodes.start()];
  const ann = await short.join("tea", "Ann");
  assertEquals(text(await ann.answered, "type"), "welcome");
  assertEquals(short.cluster.health.homes, 0);
  assertEquals(two.cluster.health.homes + three.cluster.health.homes, 1);
  const bob = await short.join("tea", "Bob");
  assertEquals(text(await bob.answered, "type"), "welcome");
  await ann.hear("peer-joined");
  // As announced, the other two are equally empty: it asks the one that the first people are at.
  const other = two.cluster.health.homes === 1 ? three : two;
  const cy = await other.join("cake", "Cy");
  assertEquals(text(await cy.answered, "type"), "welcome");
  const dan = await short.join("cake", "Dan");
  assertEquals(text(await dan.answered, "type"), "welcome");
  assertEquals([two.cluster.health.homes, three.cluster.health.homes], [1, 1]);
  assertEquals(short.cluster.health.links, 2);
});

Deno.test("if every node is short of memory, newcomers are refused and members come back", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  const ann = await one.join("tea", "Ann");
  const resume = text(await ann.hear("welcome"), "resumeToken");
  const short = await startShort(nodes);
  await nodes.stop(one);
  const bob = await short.join("tea", "Bob");
  assertEquals(text(await bob.answered, "code"), "overload");
  const back = await short.join("tea", "Ann", { resume });
  assertEquals((await back.answered).resumed, true);
  assert(short.cluster.health.homes > 0);
});

Deno.test(
  "a node that starts later takes nobody for the founder whom a restart has interrupted",
  leavesTimer,
  async () => {
    await using nodes = new Nodes();
    const one = await nodes.start();
    const eve = await one.join("tea", "Eve");
    const { resumeToken: old } = await eve.hear("welcome");
    await eve.leave();
    const bob = await one.join("tea", "Bob");
    const { peerId: bobId, resumeToken: resume } = await bob.hear("welcome");
    const two = await nodes.start();
    assertEquals(two.cluster.startedAt, one.cluster.startedAt);
    await stop(nodes, one);
    const again = await two.join("tea", "Bob", { resume });
    const back = await two.join("tea", "Eve", { resume: old });
    for (const client of [again, back]) {
      assertEquals((await client.hear("rules")).owners, [bobId]);
    }
  },
);
