// A server that is ended and started again at the same address with the same state folder.

import { projectFolder } from "../../scripts/server_command.ts";
import { type RunningServer, type ServerOptions, startServer } from "./server.ts";

/** One address, and whatever process serves it just now. */
export class RestartableServer implements AsyncDisposable {
  readonly #options: ServerOptions;
  readonly #folder: string;
  #current: RunningServer;

  constructor(current: RunningServer, options: ServerOptions, folder: string) {
    this.#current = current;
    this.#options = options;
    this.#folder = folder;
  }

  get current(): RunningServer {
    return this.#current;
  }

  /** By SIGKILL. */
  kill(): Promise<void> {
    return this.#current.kill();
  }

  /** After a kill or a stop; resolves once the new process answers. */
  async startAgain(): Promise<void> {
    this.#current = await startServer(this.#options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#current[Symbol.asyncDispose]();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** Starts the server with its own state folder, and its own port unless the arguments name one. */
export async function startRestartable(options: ServerOptions = {}): Promise<RestartableServer> {
  // The server may write nowhere else.
  const folder = `${projectFolder}.parley/${crypto.randomUUID()}`;
  const given = options.args ?? [];
  const port = given.includes("--port") ? [] : ["--port", String(freePort())];
  const args = [...port, "--state-dir", folder, ...given];
  const settled = { ...options, args };
  return new RestartableServer(await startServer(settled), settled, folder);
}

/** Below the ephemeral port range, so that no outgoing connection takes it. */
function freePort(): number {
  while (true) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    try {
      Deno.listen({ port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
