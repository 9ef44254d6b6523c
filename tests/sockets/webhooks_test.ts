// Webhooks of the real program, to a receiver that is slow, down or back again.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { createHmac } from "node:crypto";
import { freePort, type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

const secret = "a secret of both";

interface Event {
  readonly id: string;
  readonly type: string;
  readonly room?: string;
  readonly peerId?: string;
  readonly reason?: string;
}

/** Takes events on a port; `answer`: what a try is answered, once it is answered. */
class Receiver implements AsyncDisposable {
  /** What was taken, in order: answered with 2xx. */
  readonly taken: Event[] = [];
  readonly #server: Deno.HttpServer;
  tries = 0;

  constructor(port: number, answer: () => Promise<number> | number = () => 204) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, async (request) => {
      this.tries++;
      const body = await request.text();
      const [, signedAt, hex] =
        /^t=(\d+),v1=([0-9a-f]{64})$/.exec(request.headers.get("parley-signature") ?? "") ?? [];
      assertEquals(hex, createHmac("sha256", secret).update(`${signedAt}.${body}`).digest("hex"));
      const status = await answer();
      if (status < 300) this.taken.push(JSON.parse(body));
      return new Response(null, { status });
    });
  }

  get types(): string[] {
    return this.taken.map(({ type }) => type);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.shutdown();
  }
}

async function withHooks(
  run: (start: () => Promise<RunningServer>, port: number) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const port = freePort();
    await Deno.writeTextFile(`${folder}/secret`, secret);
    const hooks = ["--webhook-url", `http://127.0.0.1:${port}/hook`];
    const args = [...hooks, "--webhook-secret-file", `${folder}/secret`, "--state-dir", folder];
    await run(() => startServer({ args: [...args, "--allow-origin", "*"] }), port);
  });
}

async function join(server: RunningServer, room: string, name: string): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room, name });
  await client.hear("welcome");
  return client;
}

Deno.test("a start sends server-started, and a stop reports that everybody has left", () =>
  withHooks(async (start, port) => {
    await using receiver = new Receiver(port);
    const server = await start();
    const ann = await join(server, "tea", "Ann");
    const bob = await join(server, "tea", "Bob");
    await join(server, "milk", "Cem");
    await bob.leave();
    const { peerId } = await ann.hear("welcome");
    await server.stop();
    const left = receiver.taken.filter(({ reason }) => reason === "restart");
    assertEquals(left.map(({ room }) => room).toSorted(), ["milk", "tea"]);
    assert(left.some((event) => event.peerId === peerId), "Ann is told to be gone");
    assertEquals(receiver.types[0], "server-started");
    assertEquals(balance(receiver.taken), []);
    assertEquals(new Set(receiver.taken.map(({ id }) => id)).size, receiver.taken.length);

    // The same people are reported again after the start.
    const before = receiver.taken.length;
    await using again = await start();
    await join(again, "tea", "Ann");
    await waitFor(() => receiver.types.slice(before).includes("peer-joined"), { what: "Ann" });
    assertEquals(receiver.types.slice(before), ["server-started", "room-opened", "peer-joined"]);
  }));

/** What a receiver would believe to be open at the end: rooms and people without their end. */
function balance(events: readonly Event[]): string[] {
  const open = new Set<string>();
  for (const { type, room = "", peerId = "" } of events) {
    if (type === "server-started") open.clear();
    if (type === "room-opened") open.add(room);
    if (type === "room-emptied") open.delete(room);
    if (type === "peer-joined") open.add(`${room} ${peerId}`);
    if (type === "peer-left") open.delete(`${room} ${peerId}`);
  }
  return [...open];
}

Deno.test("a kill reports nothing, and server-started of the next start replaces it", () =>
  withHooks(async (start, port) => {
    await using receiver = new Receiver(port);
    const server = await start();
    await join(server, "tea", "Ann");
    await waitFor(() => receiver.types.includes("peer-joined"), { what: "Ann" });
    await server.kill();
    assert(balance(receiver.taken).length > 0);
    await using _again = await start();
    await waitFor(() => receiver.types.at(-1) === "server-started", { what: "the start" });
    assertEquals(balance(receiver.taken), []);
  }));

Deno.test("events for a receiver that is down are delivered in order if it returns during a stop", () =>
  withHooks(async (start, port) => {
    const server = await start();
    const ann = await join(server, "tea", "Ann");
    // The first event has met nobody and waits for its second try or a later one.
    server.child.kill("SIGTERM");
    assertEquals(await ann.closed, 1012);
    await using receiver = new Receiver(port);
    assertEquals((await server.stop()).code, 0);
    const whole = ["server-started", "room-opened", "peer-joined", "peer-left", "room-emptied"];
    assertEquals(receiver.types, whole);
  }));

Deno.test("a request that fails during a stop is retried", () =>
  withHooks(async (start, port) => {
    let failing = true;
    await using receiver = new Receiver(port, () => failing ? 503 : 204);
    const server = await start();
    await join(server, "tea", "Ann");
    const { tries } = receiver;
    server.child.kill("SIGTERM");
    await waitFor(() => receiver.tries >= tries + 2, { what: "two more tries" });
    failing = false;
    await server.stop();
    assertEquals(balance(receiver.taken), []);
    assertEquals(receiver.types.at(-1), "room-emptied");
  }));

Deno.test("a slow receiver gets as many events as the time allows", () =>
  withHooks(async (start, port) => {
    const gate = Promise.withResolvers<void>();
    await using receiver = new Receiver(port, () => gate.promise.then(() => 204));
    const server = await start();
    await join(server, "tea", "Ann");
    await waitFor(() => receiver.tries === 1, { what: "the first try" });
    server.child.kill("SIGTERM");
    gate.resolve();
    await server.stop();
    assertEquals(balance(receiver.taken), []);
  }));

Deno.test("a receiver that never returns does not keep the server from stopping", () =>
  withHooks(async (start) => {
    const server = await start();
    await join(server, "tea", "Ann");
    // Fails unless it ends within 6 s with code 0.
    const { output } = await server.stop();
    assertStringIncludes(
      output,
      '"dropped webhook events that the receiver did not accept in time","count":5',
    );
  }));

Deno.test("a receiver that hung and returns during a stop gets all events", () =>
  withHooks(async (start, port) => {
    const never = Promise.withResolvers<number>();
    await using receiver: Receiver = new Receiver(
      port,
      () => receiver.tries > 1 ? 204 : never.promise,
    );
    const server = await start();
    await join(server, "tea", "Ann");
    await waitFor(() => receiver.tries === 1, { what: "the first try" });
    await server.stop();
    never.resolve(503);
    const whole = ["server-started", "room-opened", "peer-joined", "peer-left", "room-emptied"];
    assertEquals(receiver.types, whole);
  }));

Deno.test("a receiver that never answers does not keep the server from stopping", () =>
  withHooks(async (start, port) => {
    const never = Promise.withResolvers<number>();
    const receiver = new Receiver(port, () => never.promise);
    const server = await start();
    await waitFor(() => receiver.tries === 1, { what: "the first try" });
    assertEquals((await server.stop()).code, 0);
    never.resolve(204);
    await receiver[Symbol.asyncDispose]();
  }));
