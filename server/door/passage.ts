/** The way from one client to the inner server and back. */
import type { ByteStream } from "../websocket/framed_socket.ts";
import type { Deadline } from "./deadline.ts";
import type { Arrival, Guest, InnerServer } from "./inner_server.ts";
import { PendingResponses } from "./pending_responses.ts";
import { closeQuietly, drain, lingerMs, writeWhole } from "./streams.ts";

const bufferBytes = 16_384;

interface PassageParts {
  readonly outer: ByteStream;
  readonly inner: ByteStream;
  readonly deadline: Deadline;
}

/** A connection of the inner server on behalf of a client. */
export class Passage {
  readonly #outer: ByteStream;
  readonly #inner: ByteStream;
  readonly #deadline: Deadline;
  readonly #pending = new PendingResponses();
  #onAnswered = () => {};
  /** The inner server has ended: what else the client sends is dropped. */
  #isOver = false;
  /** The end of the inner connection is wanted, and that of the client's is not. */
  #isHandover = false;
  readonly #end = Promise.withResolvers<void>();
  /** All responses were passed on and the inner server has ended, or a stream is broken. */
  readonly #passedOn: Promise<void>;

  private constructor({ outer, inner, deadline }: PassageParts) {
    this.#outer = outer;
    this.#inner = inner;
    this.#deadline = deadline;
    this.#passedOn = this.#passDown();
  }

  /** Opens one; rejects if the inner server takes no connection. */
  static async open(
    { outer, deadline, arrival, server }: {
      outer: ByteStream;
      deadline: Deadline;
      arrival: Arrival;
      server: InnerServer;
    },
  ): Promise<Passage> {
    const guest: Guest = { arrival, cut: () => passage.cut() };
    const { stream, release } = await server.connect(guest);
    const passage: Passage = new Passage({ outer, inner: stream, deadline });
    void passage.#passedOn.finally(release);
    return passage;
  }

  /** Resolves when both streams are closed, or after a hand-over the inner one. */
  get end(): Promise<void> {
    return this.#end.promise;
  }

  /** Passes the head of a request of HTTP/1 on. */
  async request(head: Uint8Array, method: string): Promise<void> {
    this.#pending.add(method);
    await this.pass(head);
  }

  /** Passes bytes on; they are dropped if the inner server has ended. */
  async pass(bytes: Uint8Array): Promise<void> {
    if (this.#isOver) return;
    try {
      await writeWhole(this.#inner, bytes);
    } catch {
      // It has ended, and #passDown() sees that too.
    }
  }

  /** The client sends no more: resolves when it has its responses and both streams are closed. */
  async finish(): Promise<void> {
    await this.#finishInner({ isHandover: false });
    await drain(this.#outer).catch(() => {});
    this.cut();
  }

  /**
   * Ends the connection to the inner server when all requests have their responses; the client's
   * stays open. False: it is closed, too.
   */
  async handOver(): Promise<boolean> {
    await this.#finishInner({ isHandover: true });
    this.#end.resolve();
    return !this.#isOver;
  }

  /** Closes both streams. */
  cut(): void {
    this.#isOver = true;
    closeQuietly(this.#inner);
    closeQuietly(this.#outer);
    this.#end.resolve();
  }

  /** A server that sees the end of requests cuts the responses that are on their way. */
  async #finishInner({ isHandover }: { isHandover: boolean }): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
      if (this.#pending.count === 0) resolve();
    });
    await Promise.race([answered, this.#passedOn]);
    this.#isHandover = isHandover;
    await this.#inner.closeWrite().catch(() => {});
    await this.#passedOn;
  }

  /** Responses. */
  async #passDown(): Promise<void> {
    const buffer = new Uint8Array(bufferBytes);
    try {
      for (;;) {
        const count = await this.#inner.read(buffer);
        if (count === null) break;
        this.#deadline.note();
        const bytes = buffer.subarray(0, count);
        await writeWhole(this.#outer, bytes);
        this.#deadline.note();
        if (this.#pending.count === 0) continue;
        this.#pending.take(bytes);
        if (this.#pending.count === 0) this.#onAnswered();
      }
      closeQuietly(this.#inner);
      if (this.#isHandover) return;
      this.#isOver = true;
      // The client may read the end while it still sends; see endWith().
      this.#deadline.setLast(lingerMs);
      await this.#outer.closeWrite();
    } catch {
      this.cut();
    }
  }
}
