/** A room: its members in join order, and the chat it keeps. */
import {
  delayLimits,
  type Dialect,
  limits,
  type LinkReport,
  type Peer,
  type PeerId,
  type PeerState,
  type Rules,
  TokenBucket,
} from "../../protocol/mod.ts";
import { ChatShelf } from "./chat_log.ts";
import type { OutgoingSignal, SocketId } from "./core_types.ts";
import { signalBytes } from "./delayed_signals.ts";
import type { RoomRules } from "./room_rules.ts";

/** The server's record of a peer across reconnects. */
export class Session {
  readonly peerId: PeerId;
  readonly room: Room;
  readonly dialect: Dialect;
  name: string;
  state: PeerState;
  generation = 0;
  /** What was said to everybody up to this revision is not for this peer; 0: all is. */
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
  /** By its key, or because it founded the room. */
  isOwner = false;
  /** Whom per-address rules mean; undefined: nobody. */
  address: string | undefined;
  readonly #changes: TokenBucket;
  readonly #reports: TokenBucket;
  #held: OutgoingSignal[] = [];
  #heldBytes = 0;

  constructor(peer: Omit<Peer, "away">, { room, socketId, since, now, address }: {
    room: Room;
    socketId: SocketId;
    since: number;
    now: number;
    address: string | undefined;
  }) {
    this.address = address;
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

  /**
   * Keeps a signal until the peer is back; the oldest goes first when there are too many. As many as all others of a full
   * room send when their links to this peer start over.
   */
  hold(message: OutgoingSignal): void {
    this.#held.push(message);
    this.#heldBytes += signalBytes(message);
    while (
      this.#held.length > limits.signalBurst || this.#heldBytes > delayLimits.bytes
    ) {
      const oldest = this.#held.shift();
      if (oldest === undefined) return;
      this.#heldBytes -= signalBytes(oldest);
    }
  }

  /** What was held, once. */
  takeHeld(): OutgoingSignal[] {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }
}

/** Members by id, in join order, and the count of everything that happened. */
export class Room {
  readonly name: string;
  /** Names this life of the room: after it was empty, or the server restarted, it has another. ms since the epoch. */
  readonly epoch: number;
  readonly members = new Map<PeerId, Session>();
  readonly chat = new ChatShelf();
  readonly rules: RoomRules;
  /** Whose hands are up, the longest first. */
  readonly #hands = new Set<PeerId>();
  #handsTold: readonly PeerId[] = [];
  #rulesTold: Rules;
  #revision = 0;

  /** `capacityMost`: what the server allows. */
  constructor(
    name: string,
    { epoch, rules, capacityMost }: { epoch: number; rules: RoomRules; capacityMost: number },
  ) {
    this.name = name;
    this.epoch = epoch;
    this.rules = rules;
    this.#rulesTold = rules.told({ owners: [], capacityMost });
  }

  /** Of the latest event. */
  get revision(): number {
    return this.#revision;
  }

  /** Counts one more event. */
  nextRevision(): number {
    return ++this.#revision;
  }

  /** Notes whether a hand is up; one that was up keeps its place. */
  setHand(peerId: PeerId, isUp: boolean): void {
    if (isUp) this.#hands.add(peerId);
    else this.#hands.delete(peerId);
  }

  /** Whose hands are up, the longest first, as the members were last told. */
  get handsTold(): readonly PeerId[] {
    return this.#handsTold;
  }

  /** The hands as they are now, which counts as told; undefined when that is no news. */
  handsNews(): readonly PeerId[] | undefined {
    const hands = [...this.#hands];
    if (hands.join() === this.#handsTold.join()) return undefined;
    return this.#handsTold = hands;
  }

  /** The members who are owners, in join order. */
  get owners(): Session[] {
    return [...this.members.values()].filter(({ isOwner }) => isOwner);
  }

  /** What the owners decided and who they are, which counts as told; undefined when that is no news. */
  rulesNews(capacityMost: number): Rules | undefined {
    const owners = this.owners.map(({ peerId }) => peerId);
    const rules = this.rules.told({ owners, capacityMost });
    if (JSON.stringify(rules) === JSON.stringify(this.#rulesTold)) return undefined;
    return this.#rulesTold = rules;
  }

  /** As the members were last told. */
  get rulesTold(): Rules {
    return this.#rulesTold;
  }

  /** The roster as told to `except`: everybody else. */
  roster(except: PeerId): Peer[] {
    return [...this.members.values()]
      .filter((member) => member.peerId !== except)
      .map((member) => member.peer());
  }
}
