// The REST interface against its own document, with people in the rooms.

import { Ajv2020 as Ajv } from "ajv/dist/2020";
import { assert, assertEquals } from "../assert.ts";
import { type RunningServer, startServer } from "../rig/mod.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { openapi } from "../../server/api/openapi.ts";
import { at, Client } from "./client.ts";

const token = "a-token-that-nobody-guesses";
const ajv = new Ajv({ strict: false });
ajv.addSchema({ $id: "api", ...JSON.parse(JSON.stringify(openapi)) });

interface Answer {
  readonly status: number;
  readonly value: Record<string, unknown>;
}

/** Sends a request and validates the answer against the document; `values`: parts of the path. */
async function ask(
  server: RunningServer,
  line: string,
  { values = {}, query = "", body }: {
    values?: Record<string, string>;
    query?: string;
    body?: unknown;
  } = {},
): Promise<Answer> {
  const [method = "", path = ""] = line.split(" ");
  const address = path.replace(/\{(\w+)\}/g, (_, part) => encodeURIComponent(values[part] ?? ""));
  const response = await fetch(`${server.url}/api/v1${address}${query}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...body === undefined ? {} : { body: JSON.stringify(body) },
  });
  const text = await response.text();
  const value: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
  const pointer = `${path.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}`;
  const answer = `#/paths/${pointer}/${method.toLowerCase()}/responses/${response.status}`;
  const documented: Record<string, { get?: unknown }> = JSON.parse(JSON.stringify(openapi.paths));
  const operation = documented[path]?.[method.toLowerCase() as "get"];
  const known = Object(Object(operation).responses)[String(response.status)];
  assert(known !== undefined, `${line} is not documented to answer ${response.status}: ${text}`);
  if (text !== "") {
    const check = ajv.compile({ $ref: `api${answer}/content/application~1json/schema` });
    assert(check(value), `${line} → ${response.status}: ${ajv.errorsText(check.errors)}`);
  }
  return { status: response.status, value };
}

async function withApi(run: (server: RunningServer) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/token`, token);
  try {
    const args = ["--admin-token-file", `${folder}/token`, "--state-dir", folder];
    args.push("--allow-origin", "*");
    await using server = await startServer({ args });
    await run(server);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function join(server: RunningServer, fields: Record<string, unknown>): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", name: "Ann", ...fields });
  await Promise.race([client.closed, client.hear("welcome").catch(() => {})]);
  return client;
}

/** The secret in the fragment of a link. */
function secretIn(url: unknown): string {
  return new URL(String(url)).hash.split("=")[1] ?? "";
}

Deno.test("a room is made with rules, opened by its links, watched, changed and closed", () =>
  withApi(async (server) => {
    const wish = { knocking: true, password: "two sugars", capacity: 4 };
    const made = await ask(server, "POST /rooms", { body: wish });
    const room = String(made.value.name);
    assertEquals(made.status, 201);
    assertEquals(made.value.url, `${server.url}/r/${room}`);
    assertEquals(at(made.value, "rules", "capacity"), 4);
    assertEquals((await ask(server, "POST /rooms", { body: { name: room } })).status, 409);

    const stranger = await join(server, { room });
    assertEquals(await stranger.closed, 4507);
    const owner = await join(server, { room, ownerKey: secretIn(made.value.ownerUrl) });
    await owner.hear("owner-key");
    const values = { room };
    const invited = await ask(server, "POST /rooms/{room}/invites", {
      values,
      body: { role: "member", lifetimeMs: 60_000 },
    });
    const guest = await join(server, { room, name: "Bo", invite: secretIn(invited.value.url) });
    const guestId = String((await guest.hear("welcome")).peerId);

    const seen = await ask(server, "GET /rooms/{room}", { values });
    const peers = Object.values(Object(seen.value.peers)).map((peer) => at(Object(peer), "owner"));
    assertEquals(peers, [true, false]);
    const { value } = await ask(server, "GET /rooms");
    assertEquals(at(value, "rooms", "0", "peers"), 2);

    await ask(server, "PATCH /rooms/{room}", { values, body: { password: "", chat: "owners" } });
    assertEquals((await owner.allHeard()).length > 0, true);
    const rules = owner.heard.findLast(({ type }) => type === "rules");
    assertEquals([rules?.password, rules?.chat], [false, "owners"]);

    const removed = await ask(server, "DELETE /rooms/{room}/peers/{peerId}", {
      values: { room, peerId: guestId },
      query: "?ban=1",
    });
    assertEquals([removed.status, await guest.closed], [204, 4504]);
    const inviteId = String(invited.value.inviteId);
    const revoked = { values: { room, inviteId } };
    assertEquals(
      (await ask(server, "DELETE /rooms/{room}/invites/{inviteId}", revoked)).status,
      204,
    );
    assertEquals(
      (await ask(server, "DELETE /rooms/{room}/invites/{inviteId}", revoked)).status,
      404,
    );
    assertEquals((await ask(server, "DELETE /rooms/{room}", { values })).status, 204);
    assertEquals(await owner.closed, 4509);
    assertEquals((await ask(server, "GET /rooms/{room}", { values })).status, 404);
    assertEquals((await ask(server, "GET /rooms")).value, { rooms: [] });
  }));

Deno.test("the first person in a room that the API created does not own it", () =>
  withApi(async (server) => {
    await ask(server, "POST /rooms", { body: { name: "tea" } });
    const ann = await join(server, { room: "tea" });
    await ann.allHeard();
    assertEquals(ann.heard.some(({ type }) => type === "owner-key"), false);
    await ann.leave();
  }));

Deno.test("of the people of a sealed room, programs see ids and no names", () =>
  withApi(async (server) => {
    const file = await Deno.makeTempFile();
    await Deno.writeTextFile(file, token);
    const how = ["--url", server.url, "--admin-token-file", file];
    const peerId = "0123456789abcdef".repeat(2);
    const sealed = { door: "d", peerId, hello: "h", card: "c" };
    const ann = await join(server, { room: "tea", name: "", sealed });
    const { value } = await ask(server, "GET /rooms/{room}", { values: { room: "tea" } });
    assertEquals([value.sealed, value.peers], [true, [
      { peerId, name: "", dialect: "parley", away: false, owner: true },
    ]]);
    assertEquals((await command("rooms", ...how)).output, "1  tea  sealed");
    assertEquals((await command("peers", "tea", ...how)).output, `${peerId}  owner`);
    assertEquals((await command("kick", "tea", peerId, ...how)).output, "removed");
    assertEquals(await ann.closed, 4503);
    await Deno.remove(file);
  }));

Deno.test("invalid requests get their errors, and the document is served", () =>
  withApi(async (server) => {
    assertEquals((await ask(server, "POST /rooms", { body: { capacity: 99 } })).status, 400);
    assertEquals((await ask(server, "POST /rooms", { body: { colour: "red" } })).status, 400);
    assertEquals(
      (await ask(server, "GET /rooms/{room}", { values: { room: "none" } })).status,
      404,
    );
    assertEquals((await ask(server, "GET /openapi.json")).value.openapi, "3.1.0");
    const bare = await fetch(`${server.url}/api/v1/rooms`);
    const error = "the admin token is missing or wrong";
    assertEquals([bare.status, await bare.json()], [401, { error }]);
    const wrong = await fetch(`${server.url}/api/v1/rooms`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
    });
    await wrong.body?.cancel();
    assertEquals([wrong.status, wrong.headers.get("allow")], [405, "GET, POST"]);
  }));

/** Runs `parley admin …` as people do. */
async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...await serverFlags(), "main.ts", "admin", ...args],
    cwd: projectFolder,
  }).output();
  const text = new TextDecoder();
  return { code, output: (text.decode(stdout) + text.decode(stderr)).trim() };
}

Deno.test("parley admin does the same from the command line, and prints its failures", () =>
  withApi(async (server) => {
    const file = await Deno.makeTempFile();
    await Deno.writeTextFile(file, token);
    const how = ["--url", server.url, "--admin-token-file", file];
    const ann = await join(server, { room: "tea" });
    const annId = String((await ann.hear("welcome")).peerId);
    assertEquals(await command("rooms", ...how), { code: 0, output: "1  tea" });
    assertEquals(await command("peers", "tea", ...how), {
      code: 0,
      output: `${annId}  Ann  owner`,
    });
    assertEquals(await command("kick", "tea", "nobody", ...how), {
      code: 1,
      output: "parley admin: no such peer in this room",
    });
    assertEquals(await command("close", "tea", ...how), { code: 0, output: "closed" });
    assertEquals(await ann.closed, 4509);
    const usage = await command("dance", ...how);
    assert(usage.code === 2 && usage.output.includes("parley admin rooms"));
    await Deno.remove(file);
  }));

Deno.test("a drain ends the server as SIGTERM does", () =>
  withApi(async (server) => {
    const ann = await join(server, { room: "tea" });
    assertEquals((await ask(server, "GET /nodes")).value, { nodes: [] });
    assertEquals((await ask(server, "POST /drain")).status, 202);
    assertEquals(await ann.closed, 1012);
    assertEquals((await server.child.status).code, 0);
  }));
