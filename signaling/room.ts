/** A room: its members in join order, and the recent chat lines for those who come back. */
import {
  type ChatLine,
  type Dialect,
  type Followed,
  limits,
  type LinkReport,
  type Peer,
  type PeerId,
  type PeerState,
  type SignalFrom,
} from "../protocol/mod.ts";
import type { SocketId } from "./core_types.ts";
import { TokenBucket } from "./token_bucket.ts";

/** Signals kept for an away member; a legitimate join of a full room sends fewer. */
const heldMost = 400;
const refsMost = 64;

/** The server's record of a peer across reconnects. */
export class Session {
  readonly peerId: PeerId;
  readonly room: Room;
  readonly dialect: Dialect;
  name: string;
  state: PeerState;
  generation = 0;
  /** The room's revision when this peer came; 0 for one that came back to a room that had forgotten it. */
  readonly since: number;
  /** Undefined while the peer is away. */
  socketId: SocketId | undefined;
  awaySince = 0;
  /** The others were told that it is away. */
  awayTold = false;
  /** What it last reported of its links. */
  links: readonly LinkReport[] = [];
  /** When it last got ICE servers. */
  iceSince: number;
  readonly #changes: TokenBucket;
  readonly #reports: TokenBucket;
  #held: SignalFrom[] = [];
  readonly #lines = new Map<string, ChatLine>();

  constructor(peer: Omit<Peer, "away">, { room, socketId, since, now }: {
    room: Room;
    socketId: SocketId;
    since: number;
    now: number;
  }) {
    this.peerId = peer.peerId;
    this.dialect = peer.dialect;
    this.name = peer.name;
    this.state = peer.state;
    this.room = room;
    this.since = since;
    this.socketId = socketId;
    this.iceSince = now;
    this.#reports = new TokenBucket({
      burst: limits.reportBurst,
      perSecond: limits.reportPerSecond,
      now,
    });
    this.#changes = new TokenBucket({
      burst: limits.stateBurst,
      perSecond: limits.statePerSecond,
      now,
    });
  }

  /** As told to others. */
  peer(): Peer {
    const { peerId, name, dialect, state, awayTold: away } = this;
    return { peerId, name, dialect, state, away };
  }

  /** Whether a change may be told now; if not, the newest one waits for the next tick. */
  mayTell(now: number): boolean {
    return this.#changes.take(now);
  }

  /** The same for a report. */
  mayReport(now: number): boolean {
    return this.#reports.take(now);
  }

  /** Keeps a signal until the peer is back; the oldest goes first when there are too many. */
  hold(message: SignalFrom): void {
    this.#held.push(message);
    if (this.#held.length > heldMost) this.#held.shift();
  }

  /** What was held, once. */
  takeHeld(): SignalFrom[] {
    const held = this.#held;
    this.#held = [];
    return held;
  }

  /** The line this session already sent under `ref`. */
  lineOf(ref: string): ChatLine | undefined {
    return this.#lines.get(ref);
  }

  rememberLine(line: ChatLine): void {
    this.#lines.set(line.ref, line);
    if (this.#lines.size <= refsMost) return;
    const [oldest] = this.#lines.keys();
    if (oldest !== undefined) this.#lines.delete(oldest);
  }
}

/** Members by id, in join order, and the count of everything that happened. */
export class Room {
  readonly name: string;
  /** Names this life of the room: after it was empty, or the server restarted, it has another. ms since the epoch. */
  readonly epoch: number;
  readonly members = new Map<PeerId, Session>();
  #revision = 0;
  #lines: ChatLine[] = [];
  #lineUnits = 0;
  /** Revision of the newest line that is not kept any more. */
  #dropped = 0;

  constructor(name: string, epoch: number) {
    this.name = name;
    this.epoch = epoch;
  }

  /** Of the latest event. */
  get revision(): number {
    return this.#revision;
  }

  /** Counts one more event. */
  nextRevision(): number {
    return ++this.#revision;
  }

  /** The roster as told to `except`: everybody else. */
  roster(except: PeerId): Peer[] {
    return [...this.members.values()]
      .filter((member) => member.peerId !== except)
      .map((member) => member.peer());
  }

  /** Gives a line its place in the room's order and keeps it within the bounds of recent chat. */
  addLine({ from, ref, text, at }: { from: Session; ref: string; text: string; at: number }) {
    const line: ChatLine = {
      id: this.nextRevision(),
      ref,
      from: from.peerId,
      name: from.name,
      text,
      at,
    };
    this.#lines.push(line);
    this.#lineUnits += text.length;
    while (
      this.#lines.length > limits.recentChatLines || this.#lineUnits > limits.recentChatBytes
    ) {
      const oldest = this.#lines.shift();
      this.#lineUnits -= oldest?.text.length ?? 0;
      this.#dropped = oldest?.id ?? this.#dropped;
    }
    return line;
  }

  /**
   * The lines after what somebody had followed, oldest first; all of them for a follower of another life. Nobody
   * gets what was said before they came, at revision `since`.
   */
  linesAfter(
    { epoch, revision }: Followed,
    since: number,
  ): { missed: ChatLine[]; gap: boolean } {
    const known = Math.max(since, epoch === this.epoch ? revision : 0);
    return { missed: this.#lines.filter(({ id }) => id > known), gap: this.#dropped > known };
  }
}
