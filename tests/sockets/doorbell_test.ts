// The doorbell of a room over real connections, with a push service on loopback.

import { assert, assertEquals } from "../assert.ts";
import { startCluster } from "../rig/cluster.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { Browser } from "../server/doorbell/browser.ts";
import { at, Client, text } from "./client.ts";
import { withFolder } from "./folder.ts";
import { PushService } from "./push_service.ts";

/** A server, or a node of a cluster. */
type Served = Pick<RunningServer, "url">;

async function join(server: Served, more: Record<string, unknown> = {}): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "tea", name: "Bob", ...more });
  return client;
}

/** Founds the room with some rules, and leaves it. */
async function found(server: Served, rules = {}, more = {}): Promise<string> {
  const ann = await join(server, { name: "Ann", ...more });
  const key = text(await ann.hear("owner-key"), "key");
  ann.say({ type: "set-rules", ...rules });
  await ann.allHeard();
  await ann.leave();
  return key;
}

const address = (server: Served) => `${server.url}/r/tea/doorbell`;

function bearer(ownerKey: string | undefined): Headers {
  return new Headers(ownerKey === undefined ? [] : [["authorization", `Bearer ${ownerKey}`]]);
}

/** The status of a request about the doorbell. */
async function ask(server: Served, body: unknown, ownerKey?: string): Promise<number> {
  const headers = bearer(ownerKey);
  const request = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch(address(server), request);
  assertEquals(response.headers.get("cache-control"), "no-store");
  await response.body?.cancel();
  return response.status;
}

async function facts(server: Served, ownerKey?: string): Promise<Record<string, unknown>> {
  const headers = bearer(ownerKey);
  return await (await fetch(address(server), { headers })).json();
}

const args = (service: PushService) => [
  ...["--allow-origin", "*", "--doorbell-origins", service.origin],
];

Deno.test("an owner's browser is told who knocks, and its notice lets them in, once", async () => {
  await using service = new PushService();
  await using server = await startServer({ args: args(service) });
  const ownerKey = await found(server, { knocking: true });
  const owner = service.subscribe();
  assertEquals(await ask(server, { does: "add", ...owner.bell }, ownerKey), 204);
  const { key, bells } = await facts(server, ownerKey);
  assert(Array.isArray(bells) && bells.length === 1 && !owner.bell.endpoint.includes(bells[0]));
  const bob = await join(server);
  await bob.hear("knocking");
  const { letIn: token, sender, ...notice } = await service.notice(1, owner);
  assertEquals(notice, { room: "tea", why: "knock", name: "Bob" });
  assertEquals<unknown>(sender, key, "the key that the page subscribed with");
  assertEquals(await ask(server, { does: "let-in", token: `${token}x` }), 410);
  assertEquals(await ask(server, { does: "let-in", token }), 204);
  await bob.hear("welcome");
  assertEquals(await ask(server, { does: "let-in", token }), 410);
  await bob.leave();
});

Deno.test("a bell outlives a restart, and rings for who enters until its browser is gone", () =>
  withFolder(async (folder) => {
    await using service = new PushService();
    const options = { args: [...args(service), "--state-dir", folder] };
    const owner = service.subscribe();
    let ownerKey = "";
    {
      await using server = await startServer(options);
      ownerKey = await found(server);
      assertEquals(await ask(server, { does: "add", ...owner.bell }, ownerKey), 204);
    }
    await using server = await startServer(options);
    const bob = await join(server);
    await bob.hear("welcome");
    const { sender: _, ...notice } = await service.notice(1, owner);
    assertEquals(notice, { room: "tea", why: "entered", name: "Bob" });
    assertEquals(at(await bob.hear("rules"), "owners"), [], "who opens the room owns nothing");
    await bob.leave();
    service.status = 410;
    const eve = await join(server, { name: "Eve" });
    await service.notice(2, owner);
    await eve.hear("welcome");
    const isGone = async () => {
      const { bells } = await facts(server, ownerKey);
      return Array.isArray(bells) && bells.length === 0;
    };
    while (!await isGone());
    await eve.leave();
  }));

Deno.test("of a sealed room a notice has no name", async () => {
  await using service = new PushService();
  await using server = await startServer({ args: args(service) });
  const sealed = (peerId: string) => ({
    name: "",
    sealed: { door: "ZG9vcg", peerId: peerId.repeat(32), hello: "aGVsbG8", card: "Y2FyZA" },
  });
  const ownerKey = await found(server, {}, sealed("a"));
  const owner = service.subscribe();
  await ask(server, { does: "add", ...owner.bell }, ownerKey);
  const bob = await join(server, sealed("b"));
  await bob.hear("welcome");
  const { sender: _, ...notice } = await service.notice(1, owner);
  assertEquals(notice, { room: "tea", why: "entered" });
  await bob.leave();
});

Deno.test("only owners change a doorbell, and only with a subscription that may be reached", async () => {
  await using service = new PushService();
  await using server = await startServer({ args: args(service) });
  const ownerKey = await found(server);
  const { bell } = service.subscribe();
  const add = { does: "add", ...bell };
  assertEquals(await ask(server, add), 401);
  assertEquals(await ask(server, add, `${ownerKey}x`), 403);
  const { error } = await facts(server, "x");
  assertEquals(error, "the owner key is not valid");
  const offCurve = `${bell.p256dh.slice(0, -1)}${bell.p256dh.endsWith("A") ? "E" : "A"}`;
  const refused = [
    { ...add, endpoint: "https://127.0.0.1/push" },
    { ...add, endpoint: "https://169.254.169.254/latest" },
    { ...add, endpoint: service.origin.replace("127.0.0.1", "localhost") },
    { ...add, endpoint: "http://push.example.org/a" },
    { ...add, auth: "short" },
    { ...add, p256dh: offCurve },
    { ...add, more: 1 },
    { does: "dance" },
    "add",
  ];
  for (const body of refused) assertEquals(await ask(server, body, ownerKey), 400, String(body));
  const large = { ...add, endpoint: `${bell.endpoint}${"a".repeat(5_000)}` };
  assertEquals(await ask(server, large, ownerKey), 413);
  assertEquals((await facts(server, ownerKey)).bells, []);
  assertEquals(await ask(server, add, ownerKey), 204);
  const { endpoint } = bell;
  assertEquals(await ask(server, { does: "remove", endpoint }, ownerKey), 204);
  assertEquals((await facts(server, ownerKey)).bells, []);
  assertEquals(service.received, [], "nothing is sent before somebody comes");
});

Deno.test("a browser whose subscription is replaced goes on being told, also after a restart", () =>
  withFolder(async (folder) => {
    await using service = new PushService();
    const options = { args: [...args(service), "--state-dir", folder] };
    const [before, after] = [service.subscribe(), service.subscribe()];
    const { endpoint, auth } = before.bell;
    const renew = { does: "renew", before: { endpoint, auth }, ...after.bell };
    {
      await using server = await startServer(options);
      const ownerKey = await found(server);
      assertEquals(await ask(server, { does: "add", ...before.bell }, ownerKey), 204);
      const refused = [
        [{ ...renew, before: { endpoint, auth: after.bell["auth"] } }, 403],
        [{ ...renew, before: { endpoint: after.bell["endpoint"], auth } }, 403],
        [{ ...renew, endpoint: "https://127.0.0.1/push" }, 400],
        [{ ...renew, auth: "short" }, 400],
        [{ ...renew, before: { ...before.bell } }, 400],
        [{ ...renew, before: { endpoint } }, 400],
      ] as const;
      for (const [body, status] of refused) assertEquals(await ask(server, body), status);
      const { bells } = await facts(server, ownerKey);
      assertEquals(await ask(server, renew), 204, "without an owner key");
      assertEquals(await ask(server, renew), 204, "the first answer may have been lost");
      const { bells: renewed } = await facts(server, ownerKey);
      assert(Array.isArray(bells) && Array.isArray(renewed) && renewed.length === 1);
      assert(!renewed.includes(bells[0]));
    }
    await using server = await startServer(options);
    const bob = await join(server);
    await bob.hear("welcome");
    const { why } = await service.notice(1, after);
    assertEquals(why, "entered");
    await bob.leave();
    assertEquals(service.received.length, 1, "the subscription before is not told");
  }));

Deno.test("any node of a cluster renews a subscription, and the others have it", async () => {
  await using service = new PushService();
  await using cluster = await startCluster({ nodes: 2, args: args(service) });
  const [one, two] = cluster.nodes;
  assert(one !== undefined && two !== undefined);
  const [before, after] = [service.subscribe(), service.subscribe()];
  const { endpoint, auth } = before.bell;
  const bob = await join(one);
  const ownerKey = text(await bob.hear("owner-key"), "key");
  assertEquals(await ask(one, { does: "add", ...before.bell }, ownerKey), 204);
  const renew = { does: "renew", before: { endpoint, auth }, ...after.bell };
  const wrong = { ...renew, before: { endpoint, auth: after.bell["auth"] } };
  // A busy node is asked again.
  const answer = async (body: unknown) => {
    for (;;) {
      const status = await ask(two, body);
      if (status !== 503) return status;
    }
  };
  assertEquals(await answer(wrong), 403);
  assertEquals(await answer(renew), 204);
  const { bells } = await facts(one, ownerKey);
  assert(Array.isArray(bells) && bells.length === 1);
  await bob.leave();
  await waitFor(async () => (await one.health()).rooms === 0, { what: "an empty room" });
  await one.end();
  assertEquals((await facts(two, ownerKey)).bells, bells);
  const eve = await join(two, { name: "Eve" });
  await eve.hear("welcome");
  assertEquals((await service.notice(1, after)).why, "entered");
  await eve.leave();
});

Deno.test("a server without a doorbell says why", async () => {
  await using off = await startServer({ args: ["--no-doorbell"] });
  assertEquals(await facts(off), { off: "setting" });
  const bell = { endpoint: "https://push.example.org/a", ...new Browser().keys };
  assertEquals(await ask(off, { does: "add", ...bell }, "key"), 400);
  const { endpoint, auth } = bell;
  assertEquals(await ask(off, { does: "renew", before: { endpoint, auth }, ...bell }), 400);
  await using stateless = await startServer({ args: ["--state-dir", "/proc/parley"] });
  assertEquals(await facts(stateless), { off: "no-state" });
});
