/** Nodes of one cluster in this process, with real sockets. */
import { answerApi } from "../../../server/api/api.ts";
import { ClusterNode, type NodeParts } from "../../../server/cluster/cluster_node.ts";
import type { Config } from "../../../server/settings/options.ts";
import type { Client } from "../../sockets/client.ts";
import { SignallingServer } from "../../sockets/signalling_server.ts";
import { SharedStore } from "./shared_store.ts";

/** What the REST interface has answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly value: Record<string, unknown>;
}

/** One node. */
export interface Node {
  readonly server: SignallingServer;
  readonly cluster: ClusterNode;
  /** Joins a room and waits for the answer. */
  join(room: string, name: string, more?: Record<string, unknown>): Promise<Client>;
  /** Asks the REST interface; `line`: as in "GET /rooms". */
  ask(line: string, body?: unknown): Promise<ApiAnswer>;
}

/** All nodes and what they share; `await using` ends them. */
export class Nodes implements AsyncDisposable {
  readonly store = new SharedStore();
  readonly #servers: SignallingServer[] = [];

  /** Starts one more node. */
  async start(changes: Partial<Config> = {}, parts: Partial<NodeParts> = {}): Promise<Node> {
    const cluster = await ClusterNode.connect({
      connect: (node, listener) => Promise.resolve(this.store.connect(node, listener)),
      key: undefined,
      offered: crypto.getRandomValues(new Uint8Array(32)),
      keptAlone: { rooms: [], setAside: () => {} },
      log: { line: () => {} },
      ...parts,
    });
    const server = new SignallingServer({ turn: false, ...changes }, cluster);
    this.#servers.push(server);
    return {
      ...{ server, cluster },
      join: async (room, name, more) => {
        const client = await server.connect();
        client.say({ type: "join", room, name, ...more });
        await client.answered;
        return client;
      },
      ask: async (line, body) => {
        const [method = "", path = ""] = line.split(" ");
        const request = new Request(`http://localhost/api/v1${path}`, {
          method,
          ...body !== undefined && { body: JSON.stringify(body) },
        });
        const { parley } = server;
        const answer = await answerApi({
          parley,
          request,
          site: "",
          path: path.split("?")[0] ?? "",
        });
        const text = await answer.text();
        return { status: answer.status, value: text === "" ? {} : JSON.parse(text) };
      },
    };
  }

  /** Stops a node as SIGTERM does, without its sockets of other servers. */
  async stop({ server }: Node): Promise<void> {
    this.#servers.splice(this.#servers.indexOf(server), 1);
    await server[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#servers.map((server) => server[Symbol.asyncDispose]()));
  }
}
