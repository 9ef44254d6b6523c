// A way to a port of this machine that can be shut as a firewall that drops packets shuts one:
// connections stay open, and what was sent arrives late if it opens again.

/** A port that leads to another one while it is open. */
export class TcpGate implements AsyncDisposable {
  readonly #target: number;
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #connections = new Set<Deno.TcpConn>();
  #passage = Promise.withResolvers<void>();
  readonly #accepting: Promise<void>;

  /** `target`: the port it leads to. */
  constructor(target: number) {
    this.#target = target;
    this.#passage.resolve();
    this.#accepting = this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Nothing passes from now on. */
  shut(): void {
    this.#passage = Promise.withResolvers();
  }

  /** What waits passes now, in order. */
  open(): void {
    this.#passage.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    this.open();
    for (const connection of this.#connections) close(connection);
    await this.#accepting;
  }

  async #accept(): Promise<void> {
    const passing: Promise<unknown>[] = [];
    try {
      for await (const near of this.#listener) passing.push(this.#connect(near));
    } catch {
      // It was closed.
    }
    await Promise.allSettled(passing);
  }

  async #connect(near: Deno.TcpConn): Promise<void> {
    this.#connections.add(near);
    await this.#passage.promise;
    const far = await Deno.connect({ hostname: "127.0.0.1", port: this.#target }).catch(() => {});
    if (far !== undefined) {
      this.#connections.add(far);
      await Promise.allSettled([this.#pass(near, far), this.#pass(far, near)]);
    }
    for (const end of [near, far]) {
      if (end === undefined) continue;
      this.#connections.delete(end);
      close(end);
    }
  }

  /** Ends both ways when one ends. */
  async #pass(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(65_536);
    try {
      for (let size = await from.read(buffer); size !== null; size = await from.read(buffer)) {
        await this.#passage.promise;
        for (let sent = 0; sent < size;) sent += await to.write(buffer.subarray(sent, size));
      }
    } finally {
      await this.#passage.promise;
      close(from);
      close(to);
    }
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
