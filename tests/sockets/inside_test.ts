// Who is in a room, as the page before joining asks it: a plain GET over a real connection.

import { assert, assertEquals } from "../assert.ts";
import { hueOf } from "../../app/ui/hue.ts";
import { readLimits } from "../../server/read_limit.ts";
import { type RunningServer, startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

async function join(server: RunningServer, room: string, name: string): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room, name });
  await client.hear("welcome");
  return client;
}

async function inside(server: RunningServer, room: string): Promise<unknown> {
  const response = await fetch(`${server.url}/r/${room}/inside`);
  assertEquals(response.headers.get("cache-control"), "no-store");
  return await response.json();
}

/** Names alone; hues are random with the peer ids. */
async function names(server: RunningServer, room: string): Promise<unknown> {
  const answer = await inside(server, room);
  assert(typeof answer === "object" && answer !== null && "people" in answer);
  assert(Array.isArray(answer.people));
  return answer.people.map((person: unknown) => {
    assert(typeof person === "object" && person !== null);
    assertEquals(Object.keys(person).sort(), ["hue", "name"], "nothing else is public");
    return Reflect.get(person, "name");
  });
}

const freely = { args: ["--allow-origin", "*"] };

Deno.test("the people inside are listed by name, in join order, until they leave", async () => {
  await using server = await startServer(freely);
  const ann = await join(server, "tea", "Ann");
  const bob = await join(server, "tea", " Bob ");
  assertEquals(await names(server, "tea"), ["Ann", "Bob"]);
  ann.say({ type: "rename", name: "Anna" });
  await bob.hear("peer-changed");
  assertEquals(await names(server, "tea"), ["Anna", "Bob"]);
  ann.say({ type: "leave" });
  await bob.hear("peer-left");
  assertEquals(await names(server, "tea"), ["Bob"]);
  bob.socket.close();
  ann.socket.close();
  await Promise.all([ann.closed, bob.closed]);
});

Deno.test("the people of a sealed room are listed with what only its links can open", async () => {
  await using server = await startServer(freely);
  const ann = new Client(`${server.url.replace("http", "ws")}/ws`);
  await ann.opened;
  const peerId = "0123456789abcdef".repeat(2);
  const texts = { hello: "aGVsbG8", card: "Y2FyZA" };
  ann.say({ type: "join", room: "tea", name: "", sealed: { door: "ZG9vcg", peerId, ...texts } });
  await ann.hear("welcome");
  assertEquals(await inside(server, "tea"), {
    people: [{ peerId, hue: hueOf(peerId), sealed: texts }],
  });
  ann.socket.close();
  await ann.closed;
});

Deno.test("the request creates no room", async () => {
  await using server = await startServer(freely);
  for (const room of ["tea", "__proto__", "constructor", encodeURIComponent("茶室")]) {
    assertEquals(await names(server, room), []);
  }
  const health = await (await fetch(`${server.url}/healthz`)).json();
  assertEquals([health.rooms, health.peers, health.faults], [0, 0, 0]);
});

Deno.test("an invalid room name is 404, and other methods are refused", async () => {
  await using server = await startServer(freely);
  for (const name of ["no%20room", "%00", "a".repeat(65), "%E0%A4%A"]) {
    const response = await fetch(`${server.url}/r/${name}/inside`);
    assert([400, 404].includes(response.status), `${name}: ${response.status}`);
    await response.body?.cancel();
  }
  const posted = await fetch(`${server.url}/r/tea/inside`, { method: "POST" });
  assertEquals(posted.status, 405);
  await posted.body?.cancel();
});

/** An address of this machine that is not loopback, which limits do count. */
function countedAddress(): string | undefined {
  return Deno.networkInterfaces()
    .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;
}

Deno.test({
  name: "an address that asks too often must wait; the machine itself need not",
  ignore: countedAddress() === undefined,
  async fn() {
    await using server = await startServer(freely);
    const far = `http://${countedAddress()}:${new URL(server.url).port}/r/tea/inside`;
    const statuses: number[] = [];
    for (let time = 0; time < readLimits.burst * 2; time++) {
      const response = await fetch(far);
      statuses.push(response.status);
      if (response.status === 429) assertEquals(response.headers.get("retry-after"), "10");
      await response.body?.cancel();
    }
    assert(statuses.slice(0, readLimits.burst).every((status) => status === 200));
    assert(statuses.includes(429), "so many are too many");
    assertEquals(await names(server, "tea"), []);
  },
});

Deno.test("of a closed room only the bearer of its owner key is told who is inside", async () => {
  await using server = await startServer(freely);
  const ann = await join(server, "tea", "Ann");
  const key = String((await ann.hear("owner-key")).key);
  ann.say({ type: "set-rules", locked: true });
  await ann.allHeard();
  const other = await join(server, "coffee", "Bob");
  const otherKey = String((await other.hear("owner-key")).key);
  const asked = async (ownerKey: string) => {
    const headers = { authorization: `Bearer ${ownerKey}` };
    return await (await fetch(`${server.url}/r/tea/inside`, { headers })).json();
  };
  assertEquals(await inside(server, "tea"), { hidden: true });
  for (const wrong of [otherKey, `${key}x`, "none"]) {
    assertEquals(await asked(wrong), { hidden: true });
  }
  const { people } = await asked(key);
  assertEquals(people.map(({ name }: { name: string }) => name), ["Ann"]);
  await Promise.all([ann.leave(), other.leave()]);
});
