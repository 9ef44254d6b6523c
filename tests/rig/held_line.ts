// A way to a port that can keep back what is sent, as a network that is cut does: nothing is
// refused, nothing arrives, and what was on its way may arrive later.

/** A line to a port on this machine; `await using` ends it. */
export interface HeldLine extends AsyncDisposable {
  readonly port: number;
  /** Keeps back what the clients of the present connections send, and answers nothing to them. */
  hold(): void;
  /** What was kept back arrives, also that of connections that have ended since. */
  release(): Promise<void>;
}

/** Starts a line to `port`. While it is held, new connections pass only with `passesNew`. */
export function startHeldLine(
  port: number,
  { passesNew = false }: { passesNew?: boolean } = {},
): HeldLine {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const passages = new Set<Passage>();
  let isHeld = false;
  const accepting = (async () => {
    for await (const client of listener) {
      const passage = new Passage(client, await Deno.connect({ hostname: "127.0.0.1", port }));
      if (isHeld && !passesNew) passage.hold();
      passages.add(passage);
    }
  })();
  return {
    port: listener.addr.port,
    hold() {
      isHeld = true;
      for (const passage of passages) passage.hold();
    },
    async release() {
      isHeld = false;
      await Promise.all([...passages].map((passage) => passage.release()));
    },
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      await Promise.all([...passages].map((passage) => passage.end()));
    },
  };
}

class Passage {
  readonly #client: Deno.Conn;
  readonly #server: Deno.Conn;
  readonly #copying: Promise<unknown>;
  readonly #kept: Uint8Array<ArrayBuffer>[] = [];
  #isHeld = false;
  #isClientGone = false;

  constructor(client: Deno.Conn, server: Deno.Conn) {
    this.#client = client;
    this.#server = server;
    this.#copying = Promise.all([this.#copyToServer(), this.#copyToClient()]);
  }

  hold(): void {
    this.#isHeld = true;
  }

  async release(): Promise<void> {
    this.#isHeld = false;
    for (const bytes of this.#kept.splice(0)) await writeAll(this.#server, bytes);
    if (this.#isClientGone) this.#closeServer();
  }

  async end(): Promise<void> {
    this.#closeServer();
    await this.#copying;
  }

  async #copyToServer(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    while (true) {
      const count = await this.#client.read(buffer).catch(() => null);
      if (count === null) break;
      const bytes = buffer.slice(0, count);
      if (this.#isHeld) this.#kept.push(bytes);
      else await writeAll(this.#server, bytes);
    }
    this.#isClientGone = true;
    if (!this.#isHeld) this.#closeServer();
  }

  async #copyToClient(): Promise<void> {
    const buffer = new Uint8Array(65_536);
    while (true) {
      const count = await this.#server.read(buffer).catch(() => null);
      if (count === null) break;
      if (!this.#isHeld) await writeAll(this.#client, buffer.subarray(0, count));
    }
    close(this.#client);
  }

  #closeServer(): void {
    close(this.#server);
  }
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  try {
    for (let done = 0; done < bytes.length;) done += await to.write(bytes.subarray(done));
  } catch {
    // The other end is gone.
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}
