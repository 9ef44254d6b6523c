// WebSocket clients that others have written, in Node, against the real server. Deno's own client
// is in most tests of this folder, those of browsers in tests/browser/.

import { fileURLToPath } from "node:url";
import { limits, SUBPROTOCOL } from "../../protocol/mod.ts";
import { assert, assertEquals, assertMatch, fail } from "../assert.ts";
import { type RunningServer, startServer } from "../rig/mod.ts";
import { Client, type Heard } from "./client.ts";
import { transport } from "./signalling_server.ts";

/** An import puts the package into Deno's cache, where it is a file. */
const packages = { ws: () => import("ws"), undici: () => import("undici") };
type PackageName = keyof typeof packages;

async function* linesOf(bytes: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of bytes.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

/** A client that has not answered for so long never will, ms. */
const patienceMs = 30_000;

/** A client in Node that does what a test says. */
class NodeClient implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  readonly #commands: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #seen: AsyncGenerator<string>;
  readonly #late: number;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#commands = child.stdin.getWriter();
    this.#seen = linesOf(child.stdout);
    this.#late = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  }

  static async connect(name: PackageName, { url }: RunningServer): Promise<NodeClient> {
    const program = fileURLToPath(new URL("node_client.mjs", import.meta.url));
    await packages[name]();
    const socket = `${url.replace("http", "ws")}/ws`;
    const child = new Deno.Command("node", {
      args: [program, import.meta.resolve(name), socket, SUBPROTOCOL],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    return new NodeClient(child);
  }

  /** One that is a member of room "tea". */
  static async join(name: PackageName, server: RunningServer): Promise<NodeClient> {
    const client = await NodeClient.connect(name, server);
    // Both offer permessage-deflate.
    assertEquals(await client.sees("open"), [SUBPROTOCOL, ""]);
    await client.say({ type: "join", room: "tea", name });
    await client.hears("welcome");
    return client;
  }

  async does(...command: unknown[]): Promise<void> {
    await this.#commands.write(new TextEncoder().encode(`${JSON.stringify(command)}\n`));
  }

  say(message: unknown): Promise<void> {
    return this.does("send", JSON.stringify(message));
  }

  /** The next thing of this kind that it sees. */
  async sees(kind: string): Promise<unknown> {
    for (;;) {
      const { value, done } = await this.#seen.next();
      const seen: Heard = done ? fail(`no "${kind}"`) : JSON.parse(value);
      if (kind in seen) return seen[kind];
    }
  }

  /** The next message of this type. */
  async hears(type: string): Promise<Heard> {
    for (;;) {
      const heard: Heard = JSON.parse(String(await this.sees("text")));
      if (heard.type === type) return heard;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#late);
    try {
      this.#child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await this.#child.status;
    await this.#seen.return(undefined);
    await this.#commands.close().catch(() => {});
  }
}

async function bob(server: RunningServer): Promise<Client> {
  const client = new Client(`${server.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "tea", name: "Bob" });
  await client.hear("welcome");
  return client;
}

let refs = 0;
const line = (text: string) => ({ type: "chat", ref: `r${++refs}`, text });

/** A ping of the protocol, made longer by spaces. */
const longPing = (bytes: number) => '{"type":"ping"' + " ".repeat(bytes - 15) + "}";

for (const name of ["ws", "undici"] satisfies PackageName[]) {
  Deno.test(`${name} in Node: joins, talks, pings, and sees close codes`, async (test) => {
    await using server = await startServer({ args: ["--allow-origin", "*"] });
    const other = await bob(server);

    await test.step("lines go both ways, and a ping comes back", async () => {
      await using client = await NodeClient.join(name, server);
      await client.say(line("to Bob"));
      await other.hear("chat");
      other.say(line("to Node"));
      while (Object(await client.hears("chat")).line.text !== "to Node");
      await client.does("ping", "payload");
      assertEquals(await client.sees("pong"), "payload");
    });

    await test.step("64 KiB are read, and one byte more is too big", async () => {
      await using client = await NodeClient.join(name, server);
      await client.does("send", longPing(limits.frameBytes));
      await client.hears("tick");
      await client.does("send", longPing(limits.frameBytes + 1));
      assertEquals(await client.sees("closed"), [1009, "too-big"]);
    });

    await test.step("a client that closes gets its code back, and has left", async () => {
      const after = other.heard.length;
      await using client = await NodeClient.join(name, server);
      await client.does("close", 4321, "bye");
      const [code] = Object(await client.sees("closed"));
      assertEquals(code, 4321);
      assertEquals((await other.hear("peer-left", after)).reason, "left");
    });

    await test.step("a binary message and a flood get their codes", async () => {
      await using binary = await NodeClient.join(name, server);
      await binary.does("send binary", "abc");
      assertEquals(await binary.sees("closed"), [1003, "binary"]);
      await using flood = await NodeClient.join(name, server);
      const lines = Array.from({ length: 1_000 }, (_, n) => JSON.stringify(line(`${n}`)));
      await flood.does("send", ...lines).catch(() => {});
      const [code] = Object(await flood.sees("closed"));
      // Deno resets a connection on which frames still come in.
      assert(transport === "own" ? code === 4009 : [1006, 4009].includes(code), `${code}`);
    });
    await other.leave();
  });

  Deno.test(`${name} in Node: fails at once if its handshake is refused`, async () => {
    await using server = await startServer();
    await using client = await NodeClient.connect(name, server);
    const words = String(await client.sees("error"));
    // Browsers, and undici like them, do not tell why.
    if (name === "ws") assertMatch(words, /403/);
    assertEquals(Object(await client.sees("closed"))[0], 1006);
  });
}

Deno.test("ws in Node: fragments make one message", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const other = await bob(server);
  await using client = await NodeClient.join("ws", server);
  const message = JSON.stringify(line("語".repeat(100)));
  await client.does(
    "send fragments",
    message.slice(0, 3),
    "",
    message.slice(3, 70),
    message.slice(70),
  );
  assertEquals(Object(await other.hear("chat")).line.text, "語".repeat(100));
  await other.leave();
});
