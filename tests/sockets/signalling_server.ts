// The sockets of the server on a real port in this process, as in serve.ts, but without pages.

import { createParley, type Parley } from "../../server/parley.ts";
import { defaults } from "../../server/settings/command.ts";
import { LiveSettings } from "../../server/settings/live_settings.ts";
import type { Config } from "../../server/settings/options.ts";
import { upgrade } from "../../server/upgrade.ts";
import { Client } from "./client.ts";

/** A listening hub on a free port. `await using` ends it and its clients. */
export class SignallingServer implements AsyncDisposable {
  readonly parley: Parley;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #clients: Client[] = [];

  constructor(changes: Partial<Config> = {}) {
    const { settings, reread } = defaults();
    const config = { ...settings.config, allowOrigin: ["*"], ...changes };
    const parley = this.parley = createParley(new LiveSettings({ config }, reread));
    this.#server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request, { remoteAddr }) =>
        upgrade(request, { ...parley, client: parley.clientOf(request, remoteAddr.hostname) }),
    );
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /** A client that is open. */
  async connect(path = "/ws", protocols: string[] = []): Promise<Client> {
    const client = new Client(`ws://127.0.0.1:${this.port}${path}`, protocols);
    this.#clients.push(client);
    await client.opened;
    return client;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const hubClosed = this.parley.hub.close();
    await Promise.all(this.#clients.map((client) => client.closed));
    await hubClosed;
    await this.#server.shutdown();
    this.parley.rooms.flush();
    this.parley.webhooks.close();
    this.parley.metrics.close();
    this.parley.memory.close();
  }
}
