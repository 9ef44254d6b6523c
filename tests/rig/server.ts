// The real server as a separate program, started as people start it.

import { join } from "node:path";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { waitFor } from "./wait_for.ts";

/** How to start the server. */
export interface ServerOptions {
  /** Start this compiled program instead of main.ts. */
  binary?: string;
  /** Start this module of the project instead of main.ts, with the same permissions. */
  module?: string;
  /** Further arguments. `--port 0` is added unless they, or PORT in `env`, name a port. */
  args?: string[];
  /** The whole environment; by default that of the tests without PORT and HOST. */
  env?: Record<string, string>;
  /** Working directory; by default the project's. */
  cwd?: string;
  /** Where it is reached on this machine, as a URL has it; by default 127.0.0.1. */
  address?: string;
  /**
   * Whether it gets a new state folder, gone when it ends; by default unless `env` names one. The
   * rules that one test leaves behind must not meet the next test's room of the same name.
   */
  ownState?: boolean;
  /** Run it in this network namespace, where it is reached by `address`. */
  place?: { namespace: string; address: string };
}

/** How a program ended. */
export interface Ending {
  code: number;
  /** Everything it wrote. */
  output: string;
}

const everySecret = Deno.env.get("TEST_SEALED") === "1" ? `${"s".repeat(42)}0` : undefined;

const startMs = 20_000;
const stopMs = 6_000;

/** A server that answers. `await using` or `stop()` ends it by SIGTERM. */
export class RunningServer implements AsyncDisposable {
  /** The printed address, base path included; in a namespace, with the address of that. */
  readonly url: string;
  readonly child: Deno.ChildProcess;
  #written: Written;
  #ownState: string | undefined;
  #stopped: Promise<Ending> | undefined;

  /** `ownState`: the state folder that goes with it. */
  constructor(url: string, child: Deno.ChildProcess, written: Written, ownState?: string) {
    this.url = url;
    this.child = child;
    this.#written = written;
    this.#ownState = ownState;
  }

  /** Everything the server wrote so far. */
  get output(): string {
    return this.#written.text;
  }

  /**
   * Address of a room's page; `query` as in docs/embedding.md. With TEST_SEALED=1 every room that
   * tests open in this way is a sealed one.
   */
  room(name: string, query: Record<string, string> = {}, secret = everySecret): string {
    const parameters = new URLSearchParams(query).toString();
    const fragment = secret === undefined ? "" : `#k=${secret}`;
    return `${this.url}/r/${encodeURIComponent(name)}${parameters && `?${parameters}`}${fragment}`;
  }

  /** Ends it by SIGTERM; fails unless it ends within 6 s with exit code 0. */
  stop(): Promise<Ending> {
    return this.#stopped ??= this.#stop();
  }

  /** Ends it by SIGKILL, as a power cut would. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    const { code } = await ending(this.child, { written: this.#written, limit: stopMs });
    await removeFolder(this.#ownState);
    this.#stopped = Promise.resolve({ code, output: this.output });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop().then(() => {});
  }

  async #stop(): Promise<Ending> {
    try {
      this.child.kill("SIGTERM");
    } catch {
      // It has ended already; its code tells why.
    }
    const { code } = await ending(this.child, { written: this.#written, limit: stopMs });
    await removeFolder(this.#ownState);
    if (code !== 0) {
      throw new Error(
        `The server ended with code ${code} after SIGTERM; it wrote:\n${this.output}`,
      );
    }
    return { code, output: this.output };
  }
}

/** Starts the server on a free port and waits until /healthz answers. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const given = options.args ?? [];
  const named = options.env?.PORT !== undefined || given.some((arg) => arg.startsWith("--port"));
  const args = named ? given : ["--port", "0", ...given];
  const env = options.env ?? inheritedEnvironment();
  const ownState = options.ownState ?? env.PARLEY_STATE_DIR === undefined
    ? await Deno.makeTempDir({ prefix: "parley-state-" })
    : undefined;
  const kept = ownState === undefined ? env : { ...env, PARLEY_STATE_DIR: ownState };
  const child = (await command({ ...options, env: kept }, args)).spawn();
  const written = collect(child);
  let alive = true;
  child.status.then(() => alive = false);
  try {
    // A server that has ended will never answer, so that ends the waiting too.
    const answer = await waitFor(
      async () => alive ? await askHealth(written.text, options) : "ended",
      {
        what: "the server to answer",
        timeout: startMs,
        every: 50,
      },
    );
    if (answer === "ended") throw new Error("It ended at once.");
    return new RunningServer(answer, child, written, ownState);
  } catch (error) {
    await ending(child, { written, limit: 0 });
    await removeFolder(ownState);
    throw new Error(`The server did not start; it wrote:\n${written.text}`, { cause: error });
  }
}

/** Runs the program to its end (for `--help` and refusals); ended by force after 20 s. */
export async function runServer(options: ServerOptions): Promise<Ending> {
  const child = (await command(options, options.args ?? [])).spawn();
  return await ending(child, { written: collect(child), limit: startMs });
}

/** The server's address if it has printed one and is healthy. */
async function askHealth(output: string, options: ServerOptions): Promise<string | undefined> {
  const [, scheme, port, base = ""] =
    /(https?):\/\/(?:\[[^\]]+\]|[^\s/":]+):(\d+)(\/[^\s"]*)?/.exec(output) ??
      // The scheme's own port is not printed.
      / is at (https?):\/\/[^\s/:]+()(\/\S*)?\s/.exec(output) ?? [];
  if (port === undefined) return undefined;
  const asked = options.address ?? options.place?.address;
  // Only the test knows whether its certificate can be believed; that it was printed must do.
  const at = (host: string) => `${scheme}://${host}${port && `:${port}`}${base}`;
  if (scheme === "https") return at(asked ?? "localhost");
  const response = await fetch(`${at(asked ?? "127.0.0.1")}/healthz`);
  await response.body?.cancel();
  return response.ok ? at(asked ?? "localhost") : undefined;
}

/** Waits for the end of a program and of its output; kills it after `limit` ms. */
async function ending(
  child: Deno.ChildProcess,
  { written, limit }: { written: Written; limit: number },
): Promise<Ending> {
  const late = setTimeout(() => child.kill("SIGKILL"), limit);
  const { code } = await child.status;
  clearTimeout(late);
  await written.whole;
  return { code, output: written.text };
}

function inheritedEnvironment(): Record<string, string> {
  const { PORT: _port, HOST: _host, PARLEY_SEEDS: _seeds, ...inherited } = Deno.env.toObject();
  return inherited;
}

/** A folder that is gone already, or was never made, is removed. */
async function removeFolder(folder: string | undefined): Promise<void> {
  if (folder !== undefined) await Deno.remove(folder, { recursive: true }).catch(() => {});
}

async function command(options: ServerOptions, args: string[]): Promise<Deno.Command> {
  const program = options.binary ?? Deno.execPath();
  const before = options.binary === undefined
    ? ["run", ...await serverFlags(), join(projectFolder, options.module ?? "main.ts")]
    : [];
  const [first, ...rest] = [
    ...options.place === undefined ? [] : ["ip", "netns", "exec", options.place.namespace],
    program,
    ...before,
    ...args,
  ];
  return new Deno.Command(first ?? program, {
    args: rest,
    cwd: options.cwd ?? projectFolder,
    env: options.env ?? inheritedEnvironment(),
    clearEnv: true,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** What a program wrote so far; `whole` resolves when it will write no more. */
interface Written {
  readonly text: string;
  readonly whole: Promise<unknown>;
}

/** Reads both streams as they come, so that the program never waits for a full pipe. */
function collect(child: Deno.ChildProcess): Written {
  let text = "";
  const drain = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    for await (const chunk of stream.pipeThrough(new TextDecoderStream())) text += chunk;
  };
  const whole = Promise.all([drain(child.stdout), drain(child.stderr)]);
  return {
    whole,
    get text() {
      return text;
    },
  };
}
