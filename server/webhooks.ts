/**
 * Tells another server what happens in rooms: one POST for each event, signed, in order, tried again with growing waits.
 * Invariants: at most `waitingMost` events wait, the oldest gives way; a receiver that is slow or gone costs the calls
 * nothing; nothing of what people say is in it.
 */
import { createHmac } from "node:crypto";
import type { ServerMessage } from "../protocol/mod.ts";
import type { HubObserver } from "../signaling/mod.ts";

/** One event as it is sent. `at`: ms since the epoch. */
export interface RoomEvent {
  readonly id: string;
  readonly at: number;
  readonly type: "room-opened" | "room-emptied" | "peer-joined" | "peer-left";
  readonly room: string;
  readonly peerId?: string;
  readonly name?: string;
  readonly reason?: string;
}

/** Where to, and with what they are signed; read for each try, so that both can change. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

interface WebhookParts {
  readonly target: () => WebhookTarget | undefined;
  /** By default the platform's. */
  readonly post?: (url: string, request: RequestInit) => Promise<{ readonly status: number }>;
  readonly after?: (ms: number) => Promise<void>;
  readonly tell: (outcome: "delivered" | "failed" | "dropped") => void;
}

const waitingMost = 1_000;
/** A try that takes longer has failed, ms. */
const patienceMs = 10_000;
const tries = 8;
const firstWaitMs = 1_000;
const longestWaitMs = 5 * 60_000;

/** The queue of one process. */
export class Webhooks implements HubObserver {
  readonly #parts: WebhookParts;
  readonly #waiting: RoomEvent[] = [];
  #sending = false;
  #isClosed = false;
  readonly #closed = Promise.withResolvers<void>();

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  opened(room: string): void {
    this.#add({ type: "room-opened", room });
  }

  emptied(room: string): void {
    this.#add({ type: "room-emptied", room });
  }

  told(room: string, message: ServerMessage): void {
    if (message.type === "peer-joined") {
      const { peerId, name } = message.peer;
      this.#add({ type: "peer-joined", room, peerId, name });
    } else if (message.type === "peer-left") {
      const { peerId, reason } = message;
      this.#add({ type: "peer-left", room, peerId, reason });
    }
  }

  received(): void {}
  sent(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}

  /** Sends nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#closed.resolve();
  }

  #add(event: Omit<RoomEvent, "id" | "at">): void {
    if (this.#isClosed || this.#parts.target() === undefined) return;
    this.#waiting.push({ id: crypto.randomUUID(), at: Date.now(), ...event });
    if (this.#waiting.length > waitingMost) {
      this.#waiting.shift();
      this.#parts.tell("dropped");
    }
    if (!this.#sending) void this.#send();
  }

  async #send(): Promise<void> {
    this.#sending = true;
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      this.#parts.tell(await this.#deliver(event) ? "delivered" : "failed");
    }
    this.#sending = false;
  }

  async #deliver(event: RoomEvent): Promise<boolean> {
    const { after = sleep } = this.#parts;
    for (let attempt = 0; attempt < tries && !this.#isClosed; attempt++) {
      if (attempt > 0) {
        const wait = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
        await Promise.race([after(wait), this.#closed.promise]);
      }
      if (await this.#post(event)) return true;
    }
    return false;
  }

  async #post(event: RoomEvent): Promise<boolean> {
    const target = this.#parts.target();
    if (target === undefined) return false;
    const { post = fetch } = this.#parts;
    const body = JSON.stringify(event);
    try {
      const { status } = await post(target.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "parley-signature": signature(body, { secret: target.secret, at: Date.now() }),
        },
        body,
        redirect: "error",
        signal: AbortSignal.timeout(patienceMs),
      });
      return status >= 200 && status < 300;
    } catch {
      return false;
    }
  }
}

/** `t=…,v1=…`: when it was signed (ms since the epoch), and HMAC-SHA-256 in hex of that, a dot and the body. */
export function signature(body: string, { secret, at }: { secret: string; at: number }): string {
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    Deno.unrefTimer(timer);
  });
}
