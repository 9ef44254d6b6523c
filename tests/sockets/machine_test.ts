// What the real program detects with its permissions: memory and file descriptors.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";

/** Runs `parley doctor` after some shell commands; its lines by what they are about. */
async function doctor(before: string): Promise<Map<string, string>> {
  const words = [Deno.execPath(), "run", ...await serverFlags(), "main.ts", "doctor"];
  const { stdout } = await new Deno.Command("sh", {
    args: ["-c", `${before} exec "$@"`, "sh", ...words, "--port", "0"],
    cwd: projectFolder,
    stderr: "null",
  }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  return new Map(
    ["file descriptors", "memory"].map((name) =>
      [name, lines.find((line) => line.includes(` ${name} `)) ?? ""] as const
    ),
  );
}

Deno.test("the doctor sees memory and file descriptors", async () => {
  const found = await doctor("");
  assert(/^ok +memory +\d+ MB$/.test(found.get("memory") ?? ""), found.get("memory"));
  assertStringIncludes(found.get("file descriptors") ?? "", "may be open");
});

Deno.test("few file descriptors are reported with their number and the fix", async () => {
  const line = (await doctor("ulimit -n 500;")).get("file descriptors") ?? "";
  const [, count] = /^warn +file descriptors +only (\d+) more may be open/.exec(line) ?? [];
  assert(Number(count) > 300 && Number(count) < 500, line);
});

const root = "/sys/fs/cgroup";

/** A control group for one test; `await using` removes it. */
class ControlGroup implements AsyncDisposable {
  readonly path: string;
  readonly #limit: string;

  private constructor(path: string, limit: string) {
    this.path = path;
    this.#limit = limit;
  }

  /** Undefined where this machine lets nobody make one. */
  static async make(): Promise<ControlGroup | undefined> {
    const name = `parley-test-${Deno.pid}`;
    for (
      const [folder, file] of [[`${root}/memory`, "memory.limit_in_bytes"], [root, "memory.max"]]
    ) {
      const group = new ControlGroup(`${folder}/${name}`, `${folder}/${name}/${file}`);
      try {
        await Deno.mkdir(group.path);
        // A folder of another file system is none.
        await Deno.stat(group.#limit);
        return group;
      } catch {
        await Deno.remove(group.path).catch(() => {});
      }
    }
    return undefined;
  }

  async limit(bytes: number): Promise<void> {
    await Deno.writeTextFile(this.#limit, String(Math.round(bytes)));
  }

  async take(pid: number): Promise<void> {
    await Deno.writeTextFile(`${this.path}/cgroup.procs`, String(pid));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path);
  }
}

const probe = await ControlGroup.make();
await probe?.[Symbol.asyncDispose]();
const why = probe === undefined ? " (skipped: this machine lets nobody make a control group)" : "";

Deno.test({
  name: `in a control group of 200 MB the doctor sees 200 MB${why}`,
  ignore: probe === undefined,
  async fn() {
    await using group = await ControlGroup.make();
    assert(group !== undefined);
    await group.limit(200 * 2 ** 20);
    const line = (await doctor(`echo $$ > ${group.path}/cgroup.procs;`)).get("memory") ?? "";
    assert(/^warn +memory +200 MB$/.test(line), line);
  },
});

Deno.test({
  name: `a server in a control group keeps to the marks of its limit, also to another one${why}`,
  ignore: probe === undefined,
  async fn() {
    await using group = await ControlGroup.make();
    assert(group !== undefined);
    await using server = await startServer({ args: ["--allow-origin", "*"] });
    const { pid } = server.child;
    const pressure = (now: string, prepare: () => Promise<void>) =>
      waitFor(() => prepare().then(() => server.output.includes(`"now":"${now}"`)), {
        what: `the mark ${now}`,
      });
    const asked = async (): Promise<Client> => {
      const client = new Client(`${server.url.replace("http", "ws")}/ws`);
      await client.opened;
      client.say({ type: "join", room: "tea", name: "Ann" });
      return client;
    };
    /** Sets the limit so that the server uses this part of it just now. */
    const use = async (part: number) => {
      const status = await Deno.readTextFile(`/proc/${pid}/status`);
      await group.limit(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024 / part);
    };
    await use(0.2);
    await group.take(pid);
    const early = await asked();
    await early.hear("welcome");
    // Between the marks, however much it uses from one look to the next.
    await pressure("high", () => use(0.82));
    const late = await asked();
    assertEquals((await late.hear("error")).code, "overload");
    assertEquals(early.socket.readyState, WebSocket.OPEN, "who is inside stays");
    await pressure("none", () => use(0.2));
    const again = await asked();
    await again.hear("welcome");
    for (const { socket } of [early, late, again]) socket.close();
    await server.stop();
  },
});
