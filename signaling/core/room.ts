/** A room with its members, and the session of each member. */
import {
  type ChatLine,
  delayLimits,
  type Dialect,
  limits,
  type LinesDeleted,
  type LinkReport,
  type Peer,
  type PeerId,
  type PeerState,
  powerLimits,
  type Powers,
  type Rules,
  type SealedPeer,
  serverLimits,
  TokenBucket,
} from "../../protocol/mod.ts";
import { StayList } from "./attendance.ts";
import { ChatLog } from "./chat_log.ts";
import type { OutgoingSignal, Site, SocketId } from "./core_types.ts";
import { signalBytes } from "./delayed_signals.ts";
import type { RoomRules } from "./room_rules.ts";

/** An offer to move to the device that shows a claim; see moves.ts. */
interface Move {
  /** SHA-256 of the claim, base64url. */
  readonly claim: string;
  readonly parcel: string;
  /** ms of the core's monotonic clock. */
  readonly until: number;
}

/** The server's record of a peer across reconnects. Times are ms of the core's monotonic clock. */
export class Session {
  readonly peerId: PeerId;
  readonly room: Room;
  readonly dialect: Dialect;
  name: string;
  state: PeerState;
  /** What it says about itself in a sealed room, with neither name nor state. */
  sealed: SealedPeer | undefined;
  /** When it first joined with an id of its own choice, ms since the epoch; see ResumeClaims. */
  chosenAt: number | undefined;
  /** Counts the resumes; see ResumeClaims. */
  generation = 0;
  /** The number of the device that has the membership; see ResumeClaims. */
  device = 0;
  /** The offer to move to another device; see moves.ts. */
  move: Move | undefined = undefined;
  /** Public lines up to this revision are not for this peer; 0: all are. */
  readonly since: number;
  /** Undefined while the peer is away. */
  socketId: SocketId | undefined;
  awaySince = 0;
  /** Whether the others were sent that it is away. */
  isShownAway = false;
  /** Its last report. */
  links: readonly LinkReport[] = [];
  /** When it was last sent ICE servers. */
  iceSince: number;
  /** By an owner key or invite, or because it founded the room. */
  isOwner = false;
  /** Another owner has made it one, until it leaves: it has neither key nor owner's invites. */
  isLent = false;
  /** The address that bans apply to; undefined: none. */
  address: string | undefined;
  /** The site of its page; undefined: unknown. */
  site: Site | undefined;
  #changes: TokenBucket | undefined;
  #reports: TokenBucket | undefined;
  #held: OutgoingSignal[] = [];
  #heldBytes = 0;
  /** The last number that a device was given. */
  #lastDevice = 0;

  constructor(peer: Omit<Peer, "away">, { room, socketId, since, now, address, site }: {
    room: Room;
    socketId: SocketId | undefined;
    since: number;
    now: number;
    address: string | undefined;
    site: Site | undefined;
  }) {
    this.peerId = peer.peerId;
    this.dialect = peer.dialect;
    this.name = peer.name;
    this.state = peer.state;
    this.sealed = peer.sealed;
    this.room = room;
    this.since = since;
    this.socketId = socketId;
    this.iceSince = now;
    this.address = address;
    this.site = site;
  }

  /** A number for one more device, above all that tokens have now. */
  nextDevice(): number {
    this.#lastDevice = Math.max(this.#lastDevice, this.device) + 1;
    return this.#lastDevice;
  }

  /** The peer as the others are sent it. */
  peer(): Peer {
    const { peerId, name, dialect, state, isShownAway: away, sealed } = this;
    const peer = { peerId, name, dialect, state, away };
    return sealed === undefined ? peer : { ...peer, sealed };
  }

  /**
   * Whether the rate allows a `peer-changed` now; if not, the newest change waits for a later tick.
   */
  mayBroadcastChange(now: number): boolean {
    this.#changes ??= new TokenBucket({
      burst: serverLimits.stateBurst,
      perSecond: serverLimits.statePerSecond,
      now,
    });
    return this.#changes.take(now);
  }

  /** Whether the rate allows a `peer-report` now. */
  mayBroadcastReport(now: number): boolean {
    this.#reports ??= new TokenBucket({
      burst: serverLimits.reportBurst,
      perSecond: serverLimits.reportPerSecond,
      now,
    });
    return this.#reports.take(now);
  }

  /**
   * Holds a signal until the peer is back. The bound is what all others of a full room send when
   * their links to this peer restart; beyond it the oldest signal is dropped.
   */
  hold(message: OutgoingSignal): void {
    this.#held.push(message);
    this.#heldBytes += signalBytes(message);
    while (this.#held.length > limits.signalBurst || this.#heldBytes > delayLimits.bytes) {
      const oldest = this.#held.shift();
      if (oldest === undefined) return;
      this.#heldBytes -= signalBytes(oldest);
    }
  }

  /** Removes and returns the held signals, the oldest first. */
  takeHeld(): OutgoingSignal[] {
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    return held;
  }
}

/** A line of one member. */
export type LineName = LinesDeleted["lines"][number];

/** A line that all members see above the others. */
export interface Pin {
  readonly line: ChatLine;
  /** The name of who has pinned it. */
  readonly by: string;
  /** ms of the core's monotonic clock. */
  readonly pinnedAt: number;
  /** ms since the epoch. */
  readonly at: number;
}

/** A room that has members, and the count of its events. */
export class Room {
  readonly name: string;
  /**
   * When it was opened, ms since the epoch: a room that was empty, or that a restart ended, has a
   * new one.
   */
  readonly epoch: number;
  /** In join order. */
  readonly members = new Map<PeerId, Session>();
  readonly chat = new ChatLog();
  /** The pinned line; it stays while the chat forgets older lines. */
  pin: Pin | undefined;
  readonly rules: RoomRules;
  readonly stays = new StayList();
  /** Whether hours or an end were ever set. */
  hasTimes = false;
  /** The door of the member who opened it; undefined: the room was opened by an open link. */
  readonly openedDoor: string | undefined;
  /** The raised hands, the longest first. */
  readonly #hands = new Set<PeerId>();
  #sentHands: readonly PeerId[] = [];
  #sentRules: Rules;
  #sentPowers: Powers | undefined;
  #deleted: readonly LineName[] = [];
  #revision = 0;

  /** `door`: that of the member who opens it. `capacityMost`: what the server allows. */
  constructor(
    name: string,
    { epoch, rules, door, capacityMost }: {
      epoch: number;
      rules: RoomRules;
      door: string | undefined;
      capacityMost: number;
    },
  ) {
    this.name = name;
    this.epoch = epoch;
    this.rules = rules;
    this.openedDoor = door;
    this.#sentRules = rules.toMessage({ owners: [], capacityMost });
    this.hasTimes = rules.hours !== undefined || rules.end !== undefined;
  }

  /** The present door of a sealed room; undefined: the room is open. */
  get door(): string | undefined {
    return this.rules.door ?? this.openedDoor;
  }

  /** The revision of the latest event. */
  get revision(): number {
    return this.#revision;
  }

  /** Counts one more event and returns its revision. */
  nextRevision(): number {
    return ++this.#revision;
  }

  /** Raises or lowers a hand; a hand that is up already keeps its place. */
  setHand(peerId: PeerId, isUp: boolean): void {
    if (isUp) this.#hands.add(peerId);
    else this.#hands.delete(peerId);
  }

  /** The raised hands, the longest first; the members may not have been sent the newest yet. */
  get hands(): readonly PeerId[] {
    return [...this.#hands];
  }

  /**
   * Continues a room of another node. The members will be sent hands and rules in their welcomes.
   */
  restore({ revision, hands, deleted, capacityMost }: {
    revision: number;
    hands: readonly PeerId[];
    deleted: readonly LineName[];
    capacityMost: number;
  }): void {
    this.#revision = revision;
    this.#deleted = deleted;
    for (const peerId of hands) if (this.members.has(peerId)) this.#hands.add(peerId);
    this.takeChangedHands();
    this.takeChangedRules(capacityMost);
    // The members may have been sent others.
    this.#sentPowers = this.#powers();
    this.hasTimes = true;
  }

  /** The raised hands as the members were last sent them, the longest first. */
  get sentHands(): readonly PeerId[] {
    return this.#sentHands;
  }

  /** The raised hands if they differ from those last sent; they count as sent from now on. */
  takeChangedHands(): readonly PeerId[] | undefined {
    const hands = [...this.#hands];
    if (hands.join() === this.#sentHands.join()) return undefined;
    return this.#sentHands = hands;
  }

  /** The members who are owners, in join order. */
  get owners(): Session[] {
    return [...this.members.values()].filter(({ isOwner }) => isOwner);
  }

  /** The rules and owners as the members were last sent them. */
  get sentRules(): Rules {
    return this.#sentRules;
  }

  /** The rules and owners if they differ from those last sent; they count as sent from now on. */
  takeChangedRules(capacityMost: number): Rules | undefined {
    const owners = this.owners.map(({ peerId }) => peerId);
    const rules = this.rules.toMessage({ owners, capacityMost });
    if (JSON.stringify(rules) === JSON.stringify(this.#sentRules)) return undefined;
    return this.#sentRules = rules;
  }

  /** All members but `except`, in join order. */
  roster(except: PeerId): Peer[] {
    return [...this.members.values()]
      .filter((member) => member.peerId !== except)
      .map((member) => member.peer());
  }

  /** What is special about single members, as last sent; undefined: nothing ever was. */
  get sentPowers(): Powers | undefined {
    return this.#sentPowers;
  }

  /** The same if it differs from what was last sent; it counts as sent from now on. */
  takeChangedPowers(): Powers | undefined {
    const powers = this.#powers();
    const before = this.#sentPowers ?? nothingSpecial;
    if (JSON.stringify(powers) === JSON.stringify(before)) return undefined;
    return this.#sentPowers = powers;
  }

  #powers(): Powers {
    const members = [...this.members.values()];
    const taken = this.rules.taken.all.filter(({ peerId }) =>
      this.members.get(peerId)?.isOwner === false
    );
    const lent = members.filter(({ isLent }) => isLent).map(({ peerId }) => peerId);
    return { type: "powers", taken, lent };
  }

  /** The lines that owners have deleted, the first deleted first. */
  get deleted(): readonly LineName[] {
    return this.#deleted;
  }

  /** Remembers that an owner has deleted a line. */
  addDeleted(line: LineName): void {
    this.#deleted = [...this.#deleted, line].slice(-powerLimits.deletedLines);
  }
}

/** What the members of a new room know. */
const nothingSpecial: Powers = { type: "powers", taken: [], lent: [] };
