/** What the core remembers of one open socket: whose it is, and how much it may still say. */
import { delayLimits, limits, type PeerId, TokenBucket } from "../../protocol/mod.ts";
import type { Incoming, SocketId } from "./core_types.ts";
import { DelayedSignals } from "./delayed_signals.ts";
import type { Session } from "./room.ts";
import { Strikes } from "./strikes.ts";

export class SocketRecord {
  readonly socketId: SocketId;
  /** Whom per-address limits count; undefined: nobody. */
  readonly address: string | undefined;
  /** The id its peer has or will have. */
  peerId: PeerId;
  /** Undefined until it joins, and after it left. */
  session: Session | undefined = undefined;
  /** The room that it waits to enter. */
  knocksAt: string | undefined = undefined;
  spoke = false;
  /** When it connected, or left its room: the join deadline counts from here. */
  unjoinedSince: number;
  nextTick: number;
  readonly messages: TokenBucket;
  readonly delayed = new DelayedSignals();
  readonly chat: TokenBucket;
  readonly reactions: TokenBucket;
  readonly excesses = new Strikes({ most: limits.rateExcesses, windowMs: limits.rateWindowMs });
  readonly bad = new Strikes({ most: limits.badMessages, windowMs: limits.badMessagesWindowMs });

  /** `now`: ms, when it was opened. */
  constructor({ socketId, address, peerId, now }: {
    socketId: SocketId;
    address: string | undefined;
    peerId: PeerId;
    now: number;
  }) {
    const bucket = (burst: number, perSecond: number) => new TokenBucket({ burst, perSecond, now });
    this.socketId = socketId;
    this.address = address;
    this.peerId = peerId;
    this.unjoinedSince = now;
    this.nextTick = now + limits.tickMs;
    this.messages = bucket(limits.signalBurst + delayLimits.reserve, limits.signalPerSecond);
    this.chat = bucket(limits.chatBurst, limits.chatPerSecond);
    this.reactions = bucket(limits.reactionBurst, limits.reactionPerSecond);
  }

  /**
   * What the rates make of a message (undefined: not a valid one). A member's signal past the rate is delayed, until so
   * many wait that it is a flood.
   */
  admit(message: Incoming | undefined, now: number): "now" | "delayed" | "refused" | "flood" {
    if (message?.type === "signal" && this.session !== undefined) {
      if (this.delayed.isEmpty && this.#mayRelay(now)) return "now";
      return this.delayed.add(message) ? "delayed" : "flood";
    }
    const isChat = message?.type === "chat" || message?.type === "edit";
    const bucket = message?.type === "react" ? this.reactions : isChat ? this.chat : this.messages;
    // The answer to a join is a hundred times its size.
    const cost = message?.type === "join" ? limits.joinCost : 1;
    return bucket.take(now, { cost }) ? "now" : "refused";
  }

  /** Delayed signals whose time has come, in order. */
  due(now: number): ReturnType<DelayedSignals["take"]> {
    return this.delayed.take(() => this.#mayRelay(now));
  }

  /** Other messages come first: a delayed sender is not refused anything else for it. */
  #mayRelay(now: number): boolean {
    return this.messages.take(now, { leaving: delayLimits.reserve });
  }
}
