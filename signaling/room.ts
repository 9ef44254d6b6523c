/** A room: its members in join order, and the recent chat lines for those who come back. */
import {
  type ChatLine,
  type Dialect,
  limits,
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
  /** The room's newest line when this peer came. */
  readonly lastLineBefore: number;
  /** Undefined while the peer is away. */
  socketId: SocketId | undefined;
  awaySince = 0;
  /** The others were told that it is away. */
  awayTold = false;
  readonly #changes: TokenBucket;
  #held: SignalFrom[] = [];
  readonly #lines = new Map<string, ChatLine>();

  constructor(peer: Omit<Peer, "away">, { room, socketId, now }: {
    room: Room;
    socketId: SocketId;
    now: number;
  }) {
    this.peerId = peer.peerId;
    this.dialect = peer.dialect;
    this.name = peer.name;
    this.state = peer.state;
    this.room = room;
    this.lastLineBefore = room.lastLine;
    this.socketId = socketId;
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

/** Members by id, in join order. */
export class Room {
  readonly name: string;
  readonly members = new Map<PeerId, Session>();
  #lines: ChatLine[] = [];
  #lineUnits = 0;
  #lastLine = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Id of the newest line, 0 before the first. */
  get lastLine(): number {
    return this.#lastLine;
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
      id: ++this.#lastLine,
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
      this.#lineUnits -= this.#lines.shift()?.text.length ?? 0;
    }
    return line;
  }

  /** The recent lines after line `id`, oldest first. */
  linesAfter(id: number): ChatLine[] {
    return this.#lines.filter((line) => line.id > id);
  }
}
