/**
 * JSON lines on stderr through one guarded writer. A line never contains SDP, candidates, chat,
 * names, tokens or full addresses.
 */

/** `error`: a person must act. `warn`: degraded but serving. `info`: the life of the process. */
export type LogLevel = "error" | "warn" | "info";

/** The values of a line, beside its words. */
export type LogFacts = Readonly<Record<string, string | number | boolean>>;

/** Lines that wait for a stalled reader; further lines are counted and dropped. */
const waitingMost = 1_000;

const encoder = new TextEncoder();

/** Writes without throwing or blocking; console.log does both on a full disk or unread pipe. */
export class Log {
  readonly #write: (bytes: Uint8Array) => Promise<number>;
  #waiting: string[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;

  constructor(write: (bytes: Uint8Array) => Promise<number> = (bytes) => Deno.stderr.write(bytes)) {
    this.#write = write;
  }

  /** Queues a line. `words`: what happened; `facts`: the values. */
  line(level: LogLevel, words: string, facts: LogFacts = {}): void {
    if (this.#waiting.length >= waitingMost) {
      this.#dropped++;
      return;
    }
    const time = new Date().toISOString();
    this.#waiting.push(JSON.stringify({ time, level, words, ...facts }));
    this.#writing ??= this.#drain();
  }

  /**
   * Resolves when all lines are written, at the latest after `patienceMs`: the end of the process
   * loses the others, but must not wait for a reader that stalls.
   */
  async written(patienceMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, patienceMs));
    await Promise.race([this.#writing, late]);
    clearTimeout(timer);
  }

  /** Logs an unexpected error: its kind and place, but not its message, which may hold secrets. */
  fault(words: string, error: unknown): void {
    const kind = error instanceof Error ? error.name : typeof error;
    const place = error instanceof Error ? error.stack?.split("\n")[1]?.trim() ?? "" : "";
    this.line("error", words, { kind, place });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      if (this.#dropped > 0) lines.push(JSON.stringify({ level: "warn", dropped: this.#dropped }));
      this.#dropped = 0;
      await this.#writeAll(encoder.encode(lines.join("\n") + "\n"));
    }
    this.#writing = undefined;
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#write(bytes));
    } catch {
      // A closed stderr or a full disk must not stop the server; there is no other place to log.
    }
  }
}
