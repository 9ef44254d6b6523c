/** What the core remembers of one open socket: whose it is, and how much it may still say. */
import { limits, type PeerId } from "../protocol/mod.ts";
import type { SocketId } from "./core_types.ts";
import type { Session } from "./room.ts";
import { Strikes, TokenBucket } from "./token_bucket.ts";

export class SocketRecord {
  readonly socketId: SocketId;
  /** Whom per-address limits count; undefined: nobody. */
  readonly address: string | undefined;
  /** The id its peer has or will have. */
  peerId: PeerId;
  /** Undefined until it joins, and after it left. */
  session: Session | undefined = undefined;
  /** The room at whose door it waits for an owner's word. */
  knocksAt: string | undefined = undefined;
  spoke = false;
  /** When it connected, or left its room: the join deadline counts from here. */
  unjoinedSince: number;
  nextTick: number;
  readonly messages: TokenBucket;
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
    this.messages = bucket(limits.signalBurst, limits.signalPerSecond);
    this.chat = bucket(limits.chatBurst, limits.chatPerSecond);
    this.reactions = bucket(limits.reactionBurst, limits.reactionPerSecond);
  }
}
