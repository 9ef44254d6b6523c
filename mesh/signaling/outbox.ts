/**
 * Own chat lines, and changes of them, on their way. Invariants:
 * 1 Each leaves only by its echo or a refusal; until then it is sent again in every new session, with the same ref,
 *   by which everyone who has it already drops the second copy.
 * 2 They are sent in the order they were written, within the rate the server allows; of several changes of one line
 *   that wait, the newest stands for all.
 */
import {
  type ChatLine,
  type EditChat,
  limits,
  type SendChat,
  TokenBucket,
} from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";

/** What can wait here; at most one of each `ref`. */
export type OwnWords = SendChat | EditChat;

interface Waiting {
  readonly message: OwnWords;
  sent: boolean;
  /** How often its addressee was not there. */
  vain: number;
}

interface ChatOutboxOptions {
  readonly clock: Clock;
  /** False while there is nobody to say it to. */
  readonly send: (message: OwnWords) => boolean;
}

/** A little under the server's own rate: its clock starts later than ours. */
const pace = { burst: limits.chatBurst - 2, perSecond: limits.chatPerSecond * 0.9 };
const holdMs = 2_000;
/** After a restart of the server the addressee may be back a little later than we are. */
const vainMost = 5;

/** Own words between their writing and their echo. */
export class ChatOutbox {
  readonly #options: ChatOutboxOptions;
  readonly #bucket: TokenBucket;
  readonly #waiting = new Map<string, Waiting>();
  #cancel: (() => void) | undefined;

  constructor(options: ChatOutboxOptions) {
    this.#options = options;
    this.#bucket = new TokenBucket({ now: options.clock.now(), ...pace });
  }

  /** Whether a line that nobody confirmed yet waits under this ref. */
  holds(ref: string): boolean {
    return this.#waiting.get(ref)?.message.type === "chat";
  }

  add(message: OwnWords): void {
    this.#waiting.set(message.ref, { message, sent: false, vain: 0 });
    this.#pump();
  }

  /** A line came back: true when it is the echo of what waited. */
  confirm({ ref, text }: ChatLine): boolean {
    const message = this.#waiting.get(ref)?.message;
    // The echo of an earlier change says nothing of the newest.
    if (message === undefined || (message.type === "edit" && message.text !== text)) return false;
    return this.#waiting.delete(ref);
  }

  /** True when it was waiting and is given up now. */
  refuse(ref: string): boolean {
    return this.#waiting.delete(ref);
  }

  /** The server would not take it just now: it goes out again a little later. False when it will not. */
  hold(ref: string, code: "rate" | "no-such-peer"): boolean {
    const waiting = this.#waiting.get(ref);
    if (waiting === undefined) return false;
    if (code === "no-such-peer" && ++waiting.vain >= vainMost) return false;
    waiting.sent = false;
    this.#wait(holdMs);
    return true;
  }

  /** A session has begun: whatever was not echoed goes out (again). */
  begin(): void {
    for (const waiting of this.#waiting.values()) waiting.sent = false;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#pump();
  }

  close(): void {
    this.#cancel?.();
    this.#waiting.clear();
  }

  #pump(): void {
    if (this.#cancel !== undefined) return;
    for (const waiting of this.#waiting.values()) {
      if (waiting.sent) continue;
      const now = this.#options.clock.now();
      if (!this.#bucket.take(now)) return this.#wait(this.#bucket.waitMs(now));
      // Refused by our own socket: begin() comes when there is one again.
      if (!this.#options.send(waiting.message)) return;
      waiting.sent = true;
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
