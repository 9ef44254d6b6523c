// A push service on loopback: it takes what comes, and tests read it with the browser's keys.

import { assertEquals } from "../assert.ts";
import { waitFor } from "../rig/mod.ts";
import { Browser } from "../server/doorbell/browser.ts";
import { readVapid } from "../server/doorbell/read_vapid.ts";

interface Received {
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export class PushService implements AsyncDisposable {
  readonly received: Received[] = [];
  /** The status of its next answers. */
  status = 201;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    const options = { port: 0, hostname: "127.0.0.1", onListen: () => {} };
    this.#server = Deno.serve(options, async (request) => {
      const body = new Uint8Array(await request.arrayBuffer());
      const { pathname: path } = new URL(request.url);
      this.received.push({ path, headers: request.headers, body });
      return new Response(null, { status: this.status });
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** A new browser, subscribed here. */
  subscribe(): { browser: Browser; bell: Record<"endpoint" | "p256dh" | "auth", string> } {
    const browser = new Browser();
    return {
      browser,
      bell: { endpoint: `${this.origin}/${crypto.randomUUID()}`, ...browser.keys },
    };
  }

  /** The notice that came as number `count`, as its browser reads it. */
  async notice(
    count: number,
    { browser, bell: { endpoint } }: ReturnType<PushService["subscribe"]>,
  ): Promise<Record<string, unknown> & { sender: string }> {
    await waitFor(() => this.received.length >= count, { what: `notice ${count}` });
    const { path, headers, body } = this.received[count - 1] ?? fail();
    assertEquals(`${this.origin}${path}`, endpoint);
    const { claims, publicKey } = await readVapid(headers.get("authorization") ?? "");
    assertEquals(claims.aud, this.origin);
    return { ...JSON.parse(browser.read(body)), sender: publicKey };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function fail(): never {
  throw new Error("nothing came");
}
