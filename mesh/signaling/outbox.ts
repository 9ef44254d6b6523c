/**
 * Own chat lines, and changes of them, between their writing and their echo. Invariants:
 * 1 Each leaves only by its echo or a refusal; until then it is sent again in every new session
 *   with the same ref, by which those who have it already drop the second copy.
 * 2 They are sent in the order they were written, within the rate that the server allows. Of
 *   several changes of one line that wait, the newest replaces the others.
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
export type OutgoingChat = SendChat | EditChat;

interface Waiting {
  readonly message: OutgoingChat;
  sent: boolean;
  /** How often its receiver was not there. */
  failures: number;
}

interface ChatOutboxOptions {
  readonly clock: Clock;
  /** False while there is no session. */
  readonly send: (message: OutgoingChat) => boolean;
}

/** A little under the server's rate, because its clock starts later than this one. */
const pace = { burst: limits.chatBurst - 2, perSecond: limits.chatPerSecond * 0.9 };
const postponeMs = 2_000;
/** After a restart of the server the receiver may be back a little later than this client. */
const failuresMost = 5;

/** What waits for its echo. */
export class ChatOutbox {
  readonly #options: ChatOutboxOptions;
  readonly #bucket: TokenBucket;
  readonly #waiting = new Map<string, Waiting>();
  #cancel: (() => void) | undefined;

  constructor(options: ChatOutboxOptions) {
    this.#options = options;
    this.#bucket = new TokenBucket({ now: options.clock.now(), ...pace });
  }

  /** Whether a line with this ref waits for its first confirmation. */
  holds(ref: string): boolean {
    return this.#waiting.get(ref)?.message.type === "chat";
  }

  add(message: OutgoingChat): void {
    this.#waiting.set(message.ref, { message, sent: false, failures: 0 });
    this.#flush();
  }

  /** True if `line` is the echo of one that waited. */
  confirm({ ref, text }: ChatLine): boolean {
    const message = this.#waiting.get(ref)?.message;
    // The echo of an earlier change does not confirm the newest.
    if (message === undefined || (message.type === "edit" && message.text !== text)) return false;
    return this.#waiting.delete(ref);
  }

  /** Gives one up; true if it waited. */
  drop(ref: string): boolean {
    return this.#waiting.delete(ref);
  }

  /**
   * The server rejects it for now: it goes out again a little later. False after too many tries.
   */
  postpone(ref: string, code: "rate" | "no-such-peer"): boolean {
    const waiting = this.#waiting.get(ref);
    if (waiting === undefined) return false;
    if (code === "no-such-peer" && ++waiting.failures >= failuresMost) return false;
    waiting.sent = false;
    this.#wait(postponeMs);
    return true;
  }

  /** A session has begun: what is not confirmed goes out, again if need be. */
  resend(): void {
    for (const waiting of this.#waiting.values()) waiting.sent = false;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#flush();
  }

  close(): void {
    this.#cancel?.();
    this.#waiting.clear();
  }

  #flush(): void {
    if (this.#cancel !== undefined) return;
    for (const waiting of this.#waiting.values()) {
      if (waiting.sent) continue;
      const now = this.#options.clock.now();
      if (!this.#bucket.take(now)) return this.#wait(this.#bucket.waitMs(now));
      // There is no session: resend() follows when there is one.
      if (!this.#options.send(waiting.message)) return;
      waiting.sent = true;
    }
  }

  #wait(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => {
      this.#cancel = undefined;
      this.#flush();
    });
  }
}
