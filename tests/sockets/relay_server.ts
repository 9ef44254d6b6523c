// The real server with its relay, and members who may use it.

import { assert, assertEquals } from "../assert.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { type Granted, RelayClient } from "./turn_client.ts";

/** Somebody in a room. `await using` makes them leave. */
export class Member implements AsyncDisposable {
  readonly #client: Client;
  /** What their page uses the relay with. */
  readonly granted: Granted;

  constructor(client: Client, granted: Granted) {
    this.#client = client;
    this.granted = granted;
  }

  /** Says that they leave; resolves when the server has handled it. */
  async leave(): Promise<void> {
    const after = this.#client.heard.length;
    this.#client.say({ type: "leave" });
    this.#client.say({ type: "ping" });
    await this.#client.hear("tick", after);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.leave();
  }
}

/** A server that relays. `await using` ends it. */
export class RelayServer implements AsyncDisposable {
  readonly server: RunningServer;
  readonly #folder: string;
  readonly #certificate: string | undefined;
  readonly #http: Deno.HttpClient;

  private constructor(
    server: RunningServer,
    { folder, certificate }: { folder: string; certificate: string | undefined },
  ) {
    this.server = server;
    this.#folder = folder;
    this.#certificate = certificate;
    this.#http = Deno.createHttpClient({ caCerts: certificate === undefined ? [] : [certificate] });
  }

  /** Starts a server whose clients need no origin, and waits until it relays. */
  static async start(args: readonly string[] = []): Promise<RelayServer> {
    const folder = await Deno.makeTempDir();
    const more = ["--allow-origin", "*", "--state-dir", folder];
    const server = await startServer({ args: [...more, ...args] });
    await waitFor(() => server.output.includes('"relaying"'), { what: "the relay" });
    const certificate = args.includes("--tls-self-signed")
      ? await Deno.readTextFile(`${folder}/self-signed.pem`)
      : undefined;
    return new RelayServer(server, { folder, certificate });
  }

  /** That of pages and of the relay. */
  get port(): number {
    return Number(new URL(this.server.url).port);
  }

  /** Somebody comes into a room. */
  async join(): Promise<Member> {
    const url = `${this.server.url.replace(/^http/, "ws")}/ws`;
    const client = new Client(url, { client: this.#http });
    await client.opened;
    client.say({ type: "join", room: "tea", name: "Ann" });
    const { iceServers } = await client.hear("welcome");
    assert(Array.isArray(iceServers));
    const [{ username, credential: password }] = iceServers;
    return new Member(client, { username, password });
  }

  /** A client of the relay. */
  async client(transport: "udp" | "tcp" | "tls"): Promise<RelayClient> {
    switch (transport) {
      case "udp":
        return RelayClient.overUdp(this.port);
      case "tcp":
        return await RelayClient.overTcp(this.port);
      case "tls":
        return await RelayClient.overTls(this.port, this.#certificate ?? "");
      default:
        return transport satisfies never;
    }
  }

  /** Fails if anything went wrong that the server did not expect. */
  expectNoFaults(): void {
    assertEquals(this.server.output.match(/.*"level":"(error|fatal)".*/g), null);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.close();
    await this.server.stop();
    await Deno.remove(this.#folder, { recursive: true });
  }
}
