// A line with long round trips between browsers and a server, which counts them.
//
// It moves in steps of half a round trip. What both ends have sent waits until neither has more to
// send, and then arrives all at once. So work takes time on a busy machine, but no round trip.
//
// Invariants
// 1. What is sent in one step arrives in the next, in order. The first bytes of a connection leave
//    two steps after it was asked for: TCP needs a round trip to open it.
// 2. A connection starts slowly, as TCP does: see `Flow`.

/** A request of a browser; steps are halves of a round trip since `begin()`. */
export interface SeenRequest {
  /** Such as "GET /boot.js". */
  readonly what: string;
  readonly sentAt: number;
  /** When the last byte of the response arrived; of a WebSocket, when it was open. */
  doneAt: number | undefined;
}

/** Ten segments in the first flight (RFC 6928). */
const firstWindow = 10 * 1_448;

/**
 * One direction of a connection. No more bytes are on their way than its window allows, which grows
 * by what is acknowledged (slow start, RFC 5681).
 */
class Flow {
  readonly #to: Deno.TcpConn;
  readonly #waiting: { bytes: Uint8Array; from: number }[] = [];
  readonly #travelling: { size: number; backAt: number }[] = [];
  #window = firstWindow;
  #ended = false;

  constructor(to: Deno.TcpConn) {
    this.#to = to;
  }

  /** `from`: the first step in which the bytes may leave. */
  push(bytes: Uint8Array, from: number): void {
    this.#waiting.push({ bytes, from });
  }

  end(): void {
    this.#ended = true;
  }

  /** Delivers what left in the step before `step`; returns how many bytes that were. */
  async deliver(step: number): Promise<number> {
    const most = this.#acknowledge(step);
    let size = 0;
    for (const next of this.#waiting) {
      if (next.from >= step || size === most) break;
      const bytes = next.bytes.subarray(0, most - size);
      next.bytes = next.bytes.subarray(bytes.length);
      size += bytes.length;
      await writeAll(this.#to, bytes);
    }
    while (this.#waiting[0]?.bytes.length === 0) this.#waiting.shift();
    this.#travelling.push({ size, backAt: step + 1 });
    if (this.#ended && this.#waiting.length === 0) close(this.#to);
    return size;
  }

  /** Delivers everything now. */
  async pass(): Promise<void> {
    this.#acknowledge(Infinity);
    for (const { bytes } of this.#waiting.splice(0)) {
      this.#window += bytes.length;
      await writeAll(this.#to, bytes);
    }
    if (this.#ended) close(this.#to);
  }

  /** How many bytes may leave. */
  #acknowledge(step: number): number {
    while ((this.#travelling[0]?.backAt ?? Infinity) < step) {
      this.#window += this.#travelling.shift()?.size ?? 0;
    }
    return this.#window - this.#travelling.reduce((sum, { size }) => sum + size, 0);
  }
}

/** A connection of a browser, with both its directions. */
interface Carried {
  readonly up: Flow;
  readonly down: Flow;
  /** The step in which the browser can send for the first time. */
  openAt: number;
  request: SeenRequest | undefined;
}

/** A line in front of a server. At first it is fast; from `begin()` on it moves in steps. */
export class SlowLine implements AsyncDisposable {
  readonly url: string;
  /** Without a byte for so long, both ends wait for each other, ms; longer on a busy machine. */
  quietMs = 150;
  /** All requests since `begin()`. */
  readonly requests: SeenRequest[] = [];
  /** Halves of a round trip since `begin()`; undefined before. */
  #steps: number | undefined;
  #changedAt = performance.now();
  readonly #target: URL;
  readonly #listener: Deno.TcpListener;
  readonly #carried = new Set<Carried>();
  readonly #open = new Set<Deno.TcpConn>();

  /** `target`: the server's address. */
  constructor(target: string) {
    this.#target = new URL(target);
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    this.url = `${this.#target.protocol}//localhost:${this.#listener.addr.port}`;
    void this.#accept();
  }

  /** As RunningServer.room(). */
  room(name: string, query: Record<string, string> = {}): string {
    return `${this.url}/r/${encodeURIComponent(name)}?${new URLSearchParams(query)}`;
  }

  /** Round trips since `begin()`. */
  get roundTrips(): number {
    return (this.#steps ?? 0) / 2;
  }

  /** From now on nothing arrives but by `step()`. */
  begin(): void {
    this.#steps = 0;
    this.requests.length = 0;
    for (const carried of this.#carried) carried.openAt = 0;
  }

  /** Makes the line fast again. */
  async end(): Promise<void> {
    this.#steps = undefined;
    for (const { up, down } of this.#carried) await Promise.all([up.pass(), down.pass()]);
  }

  /** Waits until nobody has anything more to send. */
  async settle(): Promise<void> {
    const { quietMs } = this;
    for (let left = quietMs; left > 0; left = this.#changedAt + quietMs - performance.now()) {
      await new Promise((resume) => setTimeout(resume, left));
    }
  }

  /** Half a round trip: delivers what was sent since the last one. */
  async step(): Promise<void> {
    const step = this.#steps = (this.#steps ?? 0) + 1;
    this.#changedAt = performance.now();
    for (const carried of this.#carried) {
      await carried.up.deliver(step);
      if (await carried.down.deliver(step) === 0 || carried.request === undefined) continue;
      const { request } = carried;
      if (request.what !== "GET /ws") request.doneAt = step;
      else request.doneAt ??= step;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#listener.close();
    for (const conn of this.#open) close(conn);
    return Promise.resolve();
  }

  async #accept(): Promise<void> {
    for await (const near of this.#listener) void this.#carry(near);
  }

  async #carry(near: Deno.TcpConn): Promise<void> {
    const { hostname, port } = this.#target;
    const far = await Deno.connect({ hostname, port: Number(port) }).catch(() => close(near));
    if (far === undefined) return;
    near.setNoDelay();
    far.setNoDelay();
    const carried: Carried = {
      up: new Flow(far),
      down: new Flow(near),
      openAt: (this.#steps ?? -2) + 2,
      request: undefined,
    };
    this.#carried.add(carried);
    this.#open.add(near).add(far);
    void this.#read(near, carried.up, (bytes) => this.#note(carried, bytes));
    void this.#read(far, carried.down, () => this.#steps ?? 0);
  }

  /** `leave`: the step in which bytes that have come may leave. */
  async #read(from: Deno.TcpConn, flow: Flow, leave: (bytes: Uint8Array) => number): Promise<void> {
    const buffer = new Uint8Array(65_536);
    while (true) {
      const size = await from.read(buffer).catch(() => null);
      this.#changedAt = performance.now();
      if (size === null) break;
      const bytes = buffer.slice(0, size);
      flow.push(bytes, leave(bytes));
      if (this.#steps === undefined) await flow.pass();
    }
    flow.end();
    if (this.#steps === undefined) await flow.pass();
  }

  /** Writes a request down; returns the step in which it leaves. */
  #note(carried: Carried, bytes: Uint8Array): number {
    const sentAt = Math.max(this.#steps ?? 0, carried.openAt);
    const [, what, path] = /^([A-Z]+ )([^ ?]+)/.exec(new TextDecoder().decode(bytes)) ?? [];
    if (what === undefined || path === undefined) return sentAt;
    carried.request = { what: what + path, sentAt, doneAt: undefined };
    if (this.#steps !== undefined) this.requests.push(carried.request);
    return sentAt;
  }
}

async function writeAll(conn: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length;) at += await conn.write(bytes.subarray(at));
  } catch {
    // That end has gone.
  }
}

function close(conn: Deno.TcpConn): void {
  try {
    conn.close();
  } catch {
    // It is closed already.
  }
}
