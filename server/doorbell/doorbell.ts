/**
 * Tells the browsers of owners who comes while they are away, by the push service of each browser
 * (RFC 8030). Invariants:
 * 1 At most `waitingMost` notices wait and `atOnce` are under way; a further one is dropped.
 * 2 A notice that is older than its lifetime is not sent.
 * 3 Nothing is sent to a push service before the time that it asked for (`Retry-After`).
 * 4 A subscription that its push service no longer knows is removed.
 */
import { createHash } from "node:crypto";
import { doorbellLimits, type Notice } from "../../protocol/mod.ts";
import type { Bell, HubObserver, Ring } from "../../signaling/mod.ts";
import { encrypt } from "./encryption.ts";
import type { PushAnswer, PushRequest } from "./push_request.ts";
import { RingLimit } from "./ring_limit.ts";
import type { VapidKey } from "./vapid.ts";

/** What became of a notice, for /metrics. */
export type NoticeOutcome = "delivered" | "failed" | "gone" | "dropped" | "limited";

/** What the doorbell is given. */
export interface DoorbellParts {
  /** Undefined: there is no doorbell, or no longer. */
  readonly key: () => VapidKey | undefined;
  /** How push services reach the operator: a mailto: or https: address. */
  readonly contact: () => string | undefined;
  readonly push: (request: PushRequest) => Promise<PushAnswer>;
  /** A push service no longer knows this browser. */
  readonly onGone: (room: string, endpoint: string) => void;
  readonly onOutcome: (outcome: NoticeOutcome) => void;
  /** ms since the epoch; by default the clock. */
  readonly at?: () => number;
  readonly after?: (ms: number) => Promise<void>;
}

/** A notice for one browser. */
interface Waiting {
  readonly room: string;
  readonly bell: Bell;
  readonly notice: Notice;
  /** ms since the epoch. */
  readonly expires: number;
}

const waitingMost = 200;
const atOnce = 8;
const triesMost = 4;
/** After a failure for which the push service names no time, ms; doubles with each try. */
const againMs = 5_000;
/** Push services whose wish to wait is remembered. */
const originsMost = 100;

/** The doorbells of this process. */
export class Doorbell implements HubObserver {
  readonly #parts: DoorbellParts;
  readonly #limit = new RingLimit();
  readonly #waiting: Waiting[] = [];
  /** Before when nothing is sent to an origin, ms since the epoch. */
  readonly #quiet = new Map<string, number>();
  #busy = 0;

  constructor(parts: DoorbellParts) {
    this.#parts = parts;
  }

  rang(room: string, { why, name, letIn, bells, address }: Ring): void {
    if (this.#parts.key() === undefined) return;
    const at = this.#at;
    if (!this.#limit.admits({ room, address }, at)) return this.#parts.onOutcome("limited");
    const notice: Notice = { room, why, ...name !== "" && { name }, ...letIn && { letIn } };
    const expires = at + doorbellLimits.letInMs;
    for (const bell of bells) this.#add({ room, bell, notice, expires });
  }

  opened(): void {}
  emptied(): void {}
  published(): void {}
  received(): void {}
  sent(): void {}
  dropped(): void {}
  refused(): void {}
  closing(): void {}

  /** How many notices have not been sent yet. */
  get waiting(): number {
    return this.#waiting.length + this.#busy;
  }

  get #at(): number {
    return (this.#parts.at ?? Date.now)();
  }

  #add(waiting: Waiting): void {
    if (this.#waiting.length >= waitingMost) return this.#parts.onOutcome("dropped");
    this.#waiting.push(waiting);
    this.#proceed();
  }

  #proceed(): void {
    while (this.#busy < atOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#busy++;
      void this.#deliver(next).catch(() => "failed" as const).then((outcome) => {
        this.#busy--;
        this.#parts.onOutcome(outcome);
        this.#proceed();
      });
    }
  }

  async #deliver(waiting: Waiting): Promise<NoticeOutcome> {
    const { room, bell: { endpoint } } = waiting;
    const { after = sleep } = this.#parts;
    const { origin } = new URL(endpoint);
    for (let tries = 0; tries < triesMost; tries++) {
      const quietMs = (this.#quiet.get(origin) ?? 0) - this.#at;
      if (this.#at + quietMs >= waiting.expires) return "dropped";
      if (quietMs > 0) await after(quietMs);
      const answer = await this.#push(waiting).catch(() => undefined);
      const status = answer?.status ?? 0;
      if (status >= 200 && status < 300) return "delivered";
      if (status === 404 || status === 410) {
        this.#parts.onGone(room, endpoint);
        return "gone";
      }
      // Nothing that another try would change.
      if (status !== 0 && status !== 429 && status < 500) return "failed";
      const asked = retryMs(answer?.retryAfter, this.#at);
      if (asked !== undefined) this.#keepQuiet(origin, this.#at + asked);
      else await after(againMs * 2 ** tries);
    }
    return "failed";
  }

  async #push({ room, bell, notice, expires }: Waiting): Promise<PushAnswer> {
    const { key, contact, push } = this.#parts;
    const vapid = key();
    if (vapid === undefined) throw new Error("the doorbell is off");
    const { endpoint } = bell;
    const at = this.#at;
    return await push({
      endpoint,
      headers: {
        authorization: await vapid.header(endpoint, { contact: contact(), at }),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(Math.max(0, Math.floor((expires - at) / 1000))),
        urgency: "high",
        topic: topicOf(room),
      },
      body: await encrypt(JSON.stringify(notice), bell),
    });
  }

  #keepQuiet(origin: string, until: number): void {
    this.#quiet.delete(origin);
    this.#quiet.set(origin, until);
    const [oldest] = this.#quiet.keys();
    if (this.#quiet.size > originsMost && oldest !== undefined) this.#quiet.delete(oldest);
  }
}

/** A newer notice of the same room replaces one that still waits at the push service. */
function topicOf(room: string): string {
  return createHash("sha256").update(room).digest("base64url").slice(0, 32);
}

/** How long a push service wants to be left alone, ms: seconds or a date (RFC 9110, 10.2.3). */
export function retryMs(text: string | undefined, at: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - at);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // A longer wait than a notice lives is not asked for.
    const timer = setTimeout(resolve, ms);
    Deno.unrefTimer(timer);
  });
}
