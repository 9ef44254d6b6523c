/**
 * Own chat lines on their way. Invariants:
 * 1 A line leaves only by its echo or a refusal; until then it is sent again in every new session, with the same ref,
 *   by which everyone who has it already drops the second copy.
 * 2 Lines are sent in the order they were written, within the rate the server allows.
 */
import { limits } from "../protocol/mod.ts";
import type { Clock } from "./clock.ts";
import { TokenBucket } from "./token_bucket.ts";

interface Line {
  readonly ref: string;
  readonly text: string;
  sent: boolean;
}

interface ChatOutboxOptions {
  readonly clock: Clock;
  /** False while there is nobody to say it to. */
  readonly send: (line: { readonly ref: string; readonly text: string }) => boolean;
}

/** A little under the server's own rate: its clock starts later than ours. */
const pace = { burst: limits.chatBurst - 2, perSecond: limits.chatPerSecond * 0.9 };
const holdMs = 2_000;

/** Own lines between their writing and their echo. */
export class ChatOutbox {
  readonly #options: ChatOutboxOptions;
  readonly #bucket: TokenBucket;
  readonly #lines = new Map<string, Line>();
  #cancel: (() => void) | undefined;

  constructor(options: ChatOutboxOptions) {
    this.#options = options;
    this.#bucket = new TokenBucket({ clock: options.clock, ...pace });
  }

  add(ref: string, text: string): void {
    this.#lines.set(ref, { ref, text, sent: false });
    this.#pump();
  }

  /** The echo came: true when the line was waiting. */
  confirm(ref: string): boolean {
    return this.#lines.delete(ref);
  }

  /** True when the line was waiting and is given up now. */
  refuse(ref: string): boolean {
    return this.#lines.delete(ref);
  }

  /** The server had no room for the line just now: it goes out again a little later. */
  hold(ref: string): boolean {
    const line = this.#lines.get(ref);
    if (line === undefined) return false;
    line.sent = false;
    this.#wait(holdMs);
    return true;
  }

  /** A session has begun: whatever was not echoed goes out (again). */
  begin(): void {
    for (const line of this.#lines.values()) line.sent = false;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#pump();
  }

  close(): void {
    this.#cancel?.();
    this.#lines.clear();
  }

  #pump(): void {
    if (this.#cancel !== undefined) return;
    for (const line of this.#lines.values()) {
      if (line.sent) continue;
      const wait = this.#bucket.take();
      if (wait > 0) return this.#wait(wait);
      // Refused by our own socket: begin() comes when there is one again.
      if (!this.#options.send({ ref: line.ref, text: line.text })) return;
      line.sent = true;
    }
  }

  #wait(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#cancel = undefined;
      this.#pump();
    });
  }
}
