/**
 * Sends room events to another server: one signed POST per event, in order, with retries.
 * Invariants:
 * 1 At most `waitingMost` events wait; the oldest is dropped first.
 * 2 A slow or missing receiver does not affect calls.
 * 3 Events contain nothing that people write.
 * 4 After a stop, a receiver that got all events counts nobody as present, except in rooms that
 *   another node continues.
 */
import { createHmac } from "node:crypto";
import type { PeerId, SentMessage } from "../protocol/mod.ts";
import type { HubObserver } from "../signaling/mod.ts";

/** One event. `at`: ms since the epoch. `server-started` has no room: it ends all earlier rooms. */
export interface RoomEvent {
  readonly id: string;
  readonly at: number;
  readonly type: "server-started" | "room-opened" | "room-emptied" | "peer-joined" | "peer-left";
  readonly room?: string;
  readonly peerId?: string;
  readonly name?: string;
  readonly reason?: string;
}

/** The receiver and the signing secret; read for each try, so that both can change. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

interface WebhookParts {
  readonly target: () => WebhookTarget | undefined;
  /** By default `fetch`. */
  readonly post?: (url: string, request: RequestInit) => Promise<{ readonly status: number }>;
  readonly after?: (ms: number) => Promise<void>;
  readonly onOutcome: (outcome: "delivered" | "failed" | "dropped") => void;
}

const waitingMost = 1_000;
/** Time limit of one try, ms. */
const patienceMs = 10_000;
const tries = 8;
const firstWaitMs = 1_000;
/** Wait between two tries while the server stops, ms. */
const lastWaitMs = 250;
/** Time limit after a stop for the try that is under way, ms; the receiver may hang. */
const lastPatienceMs = 2_000;

/** `finishing`: accepts no events and delivers the waiting ones fast. `closed`: sends nothing. */
type Stage = "open" | "finishing" | "closed";

/** The queue of events of this process. */
export class Webhooks implements HubObserver {
  readonly #parts: WebhookParts;
  readonly #waiting: RoomEvent[] = [];
  /** The peers who came into each room since this process opened it. */
  readonly #rooms = new Map<string, Set<PeerId>>();
  #stage: Stage = "open";
  #sending: Promise<void> | undefined;
  readonly #finishing = Promise.withResolvers<void>();
  /** Ends the try that was under way before the stop. */
  readonly #hurry = new AbortController();
  readonly #closed = new AbortController();

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** How many events have not been delivered yet. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Tells the receiver to forget all earlier rooms: a killed server could not report their end. */
  start(): void {
    this.#add({ type: "server-started" });
  }

  opened(room: string): void {
    this.#rooms.set(room, new Set());
    this.#add({ type: "room-opened", room });
  }

  emptied(room: string): void {
    this.#rooms.delete(room);
    this.#add({ type: "room-emptied", room });
  }

  handedOn(room: string): void {
    this.#rooms.delete(room);
  }

  published(room: string, message: SentMessage): void {
    if (message.type === "peer-joined") {
      const { peerId, name } = message.peer;
      this.#rooms.get(room)?.add(peerId);
      // In a sealed room the server knows no names.
      this.#add({ type: "peer-joined", room, peerId, ...name !== "" && { name } });
    } else if (message.type === "peer-left") {
      const { peerId, reason } = message;
      this.#rooms.get(room)?.delete(peerId);
      this.#add({ type: "peer-left", room, peerId, reason });
    }
  }

  received(): void {}
  sent(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}

  /**
   * Reports that everybody has left, and accepts no new events. Resolves when all are delivered. It
   * retries without a limit, so call `close()` if the receiver does not answer in time.
   */
  async finish(): Promise<void> {
    for (const [room, peers] of this.#rooms) {
      for (const peerId of peers) {
        this.#add({ type: "peer-left", room, peerId, reason: "restart" });
      }
      this.#add({ type: "room-emptied", room });
    }
    this.#rooms.clear();
    if (this.#stage === "open") this.#stage = "finishing";
    this.#finishing.resolve();
    void this.#after(lastPatienceMs).then(() => this.#hurry.abort());
    await this.#sending;
  }

  /** Stops at once: aborts the current try and drops the waiting events. */
  close(): void {
    this.#stage = "closed";
    this.#finishing.resolve();
    this.#closed.abort();
  }

  #add(event: Omit<RoomEvent, "id" | "at">): void {
    if (this.#stage !== "open" || this.#parts.target() === undefined) return;
    this.#waiting.push({ id: crypto.randomUUID(), at: Date.now(), ...event });
    // The first event may be in flight.
    if (this.#waiting.length > waitingMost + 1) {
      this.#waiting.splice(1, 1);
      this.#parts.onOutcome("dropped");
    }
    this.#sending ??= this.#send().finally(() => this.#sending = undefined);
  }

  async #send(): Promise<void> {
    for (let event = this.#waiting[0]; event !== undefined; event = this.#waiting[0]) {
      this.#parts.onOutcome(await this.#deliver(event));
      this.#waiting.shift();
    }
  }

  async #deliver(event: RoomEvent): Promise<"delivered" | "failed" | "dropped"> {
    // While the server stops, no event is given up before `close()`.
    for (let attempt = 0; attempt < tries || this.#stage === "finishing"; attempt++) {
      if (attempt > 0) await this.#pause(attempt);
      if (this.#stage === "closed" || this.#parts.target() === undefined) return "dropped";
      if (await this.#post(event)) return "delivered";
    }
    return "failed";
  }

  async #pause(attempt: number): Promise<void> {
    if (this.#stage !== "open") return await this.#after(lastWaitMs);
    await Promise.race([this.#after(firstWaitMs * 2 ** (attempt - 1)), this.#finishing.promise]);
  }

  #after(ms: number): Promise<void> {
    const { after = sleep } = this.#parts;
    return after(ms);
  }

  async #post(event: RoomEvent): Promise<boolean> {
    const target = this.#parts.target();
    if (target === undefined) return false;
    const { post = postNow } = this.#parts;
    const body = JSON.stringify(event);
    const ends = [AbortSignal.timeout(patienceMs), this.#closed.signal];
    if (this.#stage === "open") ends.push(this.#hurry.signal);
    try {
      const { status } = await post(target.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "parley-signature": signature(body, { secret: target.secret, at: Date.now() }),
        },
        body,
        redirect: "error",
        signal: AbortSignal.any(ends),
      });
      return status >= 200 && status < 300;
    } catch {
      return false;
    }
  }
}

/** `t=AT,v1=MAC`: ms since the epoch, and the hex HMAC-SHA-256 of `AT.BODY`. */
export function signature(body: string, { secret, at }: { secret: string; at: number }): string {
  return `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
}

async function postNow(url: string, request: RequestInit): Promise<{ readonly status: number }> {
  const { status, body } = await fetch(url, request);
  // An unread body would keep the connection.
  await body?.cancel();
  return { status };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    Deno.unrefTimer(timer);
  });
}
