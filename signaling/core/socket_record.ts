/** What the core remembers of one open socket: whose it is, and how much it may still send. */
import { delayLimits, limits, type PeerId, serverLimits, TokenBucket } from "../../protocol/mod.ts";
import type { Connect, Incoming, IncomingSignal, Site, SocketId } from "./core_types.ts";
import { DelayedSignals } from "./delayed_signals.ts";
import type { Session } from "./room.ts";

/** Counts faults in a sliding window: the `most`-th fault within `windowMs` is one too many. */
class FaultCounter {
  readonly #most: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor({ most, windowMs }: { most: number; windowMs: number }) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one fault; true if it is one too many. */
  add(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < this.#windowMs);
    this.#times.push(now);
    return this.#times.length >= this.#most;
  }
}

/** One open socket. Times are ms of the core's monotonic clock. */
export class SocketRecord {
  readonly socketId: SocketId;
  /** The address that limits count; undefined: not counted. */
  readonly address: string | undefined;
  /** The site of its page; undefined: unknown. */
  readonly site: Site | undefined;
  /** The id its peer has, or will have once it joins. */
  peerId: PeerId;
  /** Undefined until it joins, and after it left. */
  session: Session | undefined = undefined;
  /** The room in whose lobby it waits. */
  waitsFor: string | undefined = undefined;
  /** When its client opened it. */
  readonly openedAt: number;
  /** Whether it has sent anything yet. */
  hasSent = false;
  /** When it connected or left its room; the join deadline counts from here. */
  unjoinedSince: number;
  /** When the next `tick` message is due. */
  nextTick: number;
  // What few sockets need is made when they need it, because there may be 10,000 of them.
  /** Signals that exceeded the rate. */
  #delayed: DelayedSignals | undefined;
  #rateFaults: FaultCounter | undefined;
  #badMessages: FaultCounter | undefined;
  readonly #messages: TokenBucket;
  #chat: TokenBucket | undefined;
  #reactions: TokenBucket | undefined;
  #notes: TokenBucket | undefined;
  #marks: TokenBucket | undefined;

  constructor({ socketId, address, site, peerId, ageMs = 0, now }: Omit<Connect, "kind" | "at">) {
    this.socketId = socketId;
    this.address = address;
    this.site = site;
    this.peerId = peerId;
    this.openedAt = now - ageMs;
    this.unjoinedSince = now;
    this.nextTick = now + serverLimits.tickMs;
    this.#messages = new TokenBucket({
      burst: limits.signalBurst + delayLimits.reserve,
      perSecond: limits.signalPerSecond,
      now,
    });
  }

  /** Messages refused because they came too fast. */
  get rateFaults(): FaultCounter {
    return this.#rateFaults ??= new FaultCounter({
      most: serverLimits.rateExcesses,
      windowMs: serverLimits.rateWindowMs,
    });
  }

  /** Frames that were no valid message. */
  get badMessages(): FaultCounter {
    return this.#badMessages ??= new FaultCounter({
      most: serverLimits.badMessages,
      windowMs: serverLimits.badMessagesWindowMs,
    });
  }

  /**
   * Applies the rates to a message; undefined: a frame that is no valid message. A member's signal
   * past the rate is delayed; when too many are delayed, it is a flood.
   */
  checkRate(message: Incoming | undefined, now: number): "now" | "delayed" | "refused" | "flood" {
    if (message?.type === "signal" && this.session !== undefined) {
      if (this.delayedCount === 0 && this.#mayRelay(now)) return "now";
      this.#delayed ??= new DelayedSignals();
      return this.#delayed.add(message) ? "delayed" : "flood";
    }
    return this.#bucketOf(message, now).take(now, { cost: costOf(message) }) ? "now" : "refused";
  }

  /** How many signals are delayed. */
  get delayedCount(): number {
    return this.#delayed?.size ?? 0;
  }

  /** Removes and returns the delayed signals that the rate allows now, in order. */
  takeDelayed(now: number): IncomingSignal[] {
    return this.#delayed?.take(() => this.#mayRelay(now)) ?? [];
  }

  /** Drops the delayed signals, after their sender left the room. */
  dropDelayed(): void {
    this.#delayed = undefined;
  }

  #bucketOf(message: Incoming | undefined, now: number): TokenBucket {
    switch (message?.type) {
      case "react":
        return this.#reactions ??= new TokenBucket({
          burst: limits.reactionBurst,
          perSecond: serverLimits.reactionPerSecond,
          now,
        });
      case "note":
        return this.#notes ??= new TokenBucket({
          burst: serverLimits.noteBurst,
          perSecond: serverLimits.notePerSecond,
          now,
        });
      case "mark":
      case "pin":
      case "ask-marks":
        return this.#marks ??= new TokenBucket({
          burst: serverLimits.markBurst,
          perSecond: serverLimits.markPerSecond,
          now,
        });
      case "chat":
      case "edit":
      case "sealed-line":
        return this.#chat ??= new TokenBucket({
          burst: limits.chatBurst,
          perSecond: limits.chatPerSecond,
          now,
        });
      default:
        return this.#messages;
    }
  }

  /** Leaves a reserve, so that a sender whose signals are delayed can still send other messages. */
  #mayRelay(now: number): boolean {
    return this.#messages.take(now, { leaving: delayLimits.reserve });
  }
}

/** How many messages a message counts as. */
function costOf(message: Incoming | undefined): number {
  switch (message?.type) {
    // The answer to a join is a hundred times its size.
    case "join":
      return serverLimits.joinCost;
    case "hello":
    case "change-door":
    case "offer-move":
    case "claim-move":
      return serverLimits.helloCost;
    default:
      return 1;
  }
}
