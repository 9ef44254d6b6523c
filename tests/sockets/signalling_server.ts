// The sockets of the server on a real port in this process, as in serve.ts, but without pages. The
// transport is the server's own, or Deno's if PARLEY_TRANSPORT says so.

import type { OpenPort, Transport } from "../../server/listener.ts";
import type { ClusterNode } from "../../server/cluster/cluster_node.ts";
import { createParley, type Parley } from "../../server/parley.ts";
import { answer, transportOf } from "../../server/serve.ts";
import { defaults } from "../../server/settings/command.ts";
import { LiveSettings } from "../../server/settings/live_settings.ts";
import type { Config } from "../../server/settings/options.ts";
import { Client } from "./client.ts";

const page = () => new Response("a page");

/** What makes the sockets of the tests in this process. */
export const transport = Deno.env.get("PARLEY_TRANSPORT") === "deno" ? "deno" : "own";

/** A listening hub on a free port. `await using` ends it and its clients. */
export class SignallingServer implements AsyncDisposable {
  readonly parley: Parley;
  readonly #transport: Transport;
  readonly #open: OpenPort;
  readonly #clients: Client[] = [];

  constructor(changes: Partial<Config> = {}, cluster?: ClusterNode) {
    const { settings, reread } = defaults();
    const config = { ...settings.config, allowOrigin: ["*"], transport, ...changes } as const;
    const parley = this.parley = createParley(new LiveSettings({ config }, reread), { cluster });
    this.#transport = transportOf(parley, {
      answer: (request, info) => answer(request, { parley, fetch: () => page(), info }),
      onError: (error) => new Response(String(error), { status: 500 }),
      hasSockets: true,
    });
    this.#open = this.#transport.open({ hostname: "127.0.0.1", port: 0 });
  }

  get port(): number {
    return this.#open.address.port;
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
    await Promise.all([this.#open.close(), this.#transport.finish()]);
    this.parley.rooms.flush();
    this.parley.webhooks.close();
    this.parley.metrics.close();
    this.parley.memory.close();
  }
}
