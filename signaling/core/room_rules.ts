/**
 * What the owners of a room decided. Invariants:
 * 1 An owner key or an invite is valid only for the founding it was made for.
 * 2 A removed member keeps no right from its membership: it joins as a stranger, or not at all.
 * 3 No rule restricts an owner.
 */
import type {
  Invite,
  PeerId,
  PersonRight,
  Role,
  RoomHours,
  RuleChanges,
  Rules,
  TakenRights,
} from "../../protocol/mod.ts";
import type {
  Bell,
  InviteClaims,
  KeptInvite,
  KeptRules,
  OwnerClaims,
  ResumeClaims,
  RoomEnd,
} from "./core_types.ts";
import { isOpenAt } from "./hours.ts";
import { PersonRights } from "./person_rights.ts";

/** What a client proves when it joins; only what is valid for this room. */
export interface Credentials {
  /** Of its resume token. */
  readonly claims: ResumeClaims | undefined;
  /** Of its owner key. */
  readonly key: OwnerClaims | undefined;
  readonly invite: InviteClaims | undefined;
  /** The kept password that the client's password matched; undefined: none, or a wrong one. */
  readonly password: string | undefined;
  readonly address: string | undefined;
  /** An owner has admitted it from the lobby. */
  readonly admitted: boolean;
}

/** The member that wants to do something. */
interface Actor {
  readonly peerId: PeerId;
  readonly isOwner: boolean;
}

type Decisions = Omit<KeptRules, "founded" | "emptySince" | "door">;

/** All that is known of the rules of a room with members. JSON. */
export interface RecordedRules {
  readonly founded: number;
  readonly decisions: Decisions;
  readonly door: string | undefined;
  readonly removed: readonly PeerId[];
  readonly bannedPeers: readonly PeerId[];
  readonly bannedAddresses: readonly string[];
  /** Absent: an earlier version wrote it. */
  readonly taken?: readonly TakenRights[];
}

const undecided: Decisions = {
  locked: false,
  knocking: false,
  password: "",
  chat: "everyone",
  screen: "everyone",
  files: "everyone",
  capacity: undefined,
  invites: [],
  invitesMade: 0,
  reserved: false,
  bells: undefined,
};

/** The rules of one room. Times are ms since the epoch. */
export class RoomRules {
  /** Outlives the members and restarts, in keys and tokens. */
  founded: number;
  /** What was taken away from single people. */
  taken = new PersonRights();
  #decisions: Decisions = undecided;
  #door: string | undefined;
  readonly #removed = new Set<PeerId>();
  readonly #bannedPeers = new Set<PeerId>();
  readonly #bannedAddresses = new Set<string>();

  constructor(founded: number) {
    this.founded = founded;
  }

  /**
   * The rules of a newly opened room. The founding is that of the opener's key or token, or a new
   * one.
   */
  static opened({ claims, key, invite }: Credentials, at: number): RoomRules {
    return new RoomRules(key?.founded ?? invite?.founded ?? claims?.founded ?? at);
  }

  /**
   * Kept rules. A lock lasts as long as the room has members; `locked`: it has, or will soon again.
   */
  static restored(
    { founded, emptySince: _, door, ...decisions }: KeptRules,
    { locked }: { readonly locked: boolean },
  ): RoomRules {
    const rules = new RoomRules(founded);
    rules.#decisions = { ...decisions, locked: decisions.locked && locked };
    rules.#door = door;
    return rules;
  }

  /** The rules of a room that another node continues. */
  static fromRecord(record: RecordedRules): RoomRules {
    const rules = new RoomRules(record.founded);
    rules.#decisions = record.decisions;
    rules.#door = record.door;
    for (const peerId of record.removed) rules.#removed.add(peerId);
    for (const peerId of record.bannedPeers) rules.#bannedPeers.add(peerId);
    for (const address of record.bannedAddresses) rules.#bannedAddresses.add(address);
    rules.taken = PersonRights.fromRecord(record.taken ?? []);
    return rules;
  }

  /** All that another node needs to continue the room. */
  toRecord(): RecordedRules {
    return {
      founded: this.founded,
      decisions: this.#decisions,
      door: this.#door,
      removed: [...this.#removed],
      bannedPeers: [...this.#bannedPeers],
      bannedAddresses: [...this.#bannedAddresses],
      taken: this.taken.all,
    };
  }

  /** Whether some newcomers are refused even if the room has a free place. */
  get isClosed(): boolean {
    const { locked, knocking, password, hours } = this.#decisions;
    return locked || knocking || password !== "" || hours !== undefined;
  }

  /** The door that an owner of the sealed room has set; undefined: none has. */
  get door(): string | undefined {
    return this.#door;
  }

  /** Sets the door of a sealed room. */
  setDoor(door: string): void {
    this.#door = door;
  }

  /** The hash that passwords are compared with; undefined: no password is needed. */
  get password(): string | undefined {
    return this.#decisions.password === "" ? undefined : this.#decisions.password;
  }

  /** The invites, the oldest first; some may have expired. */
  get invites(): readonly KeptInvite[] {
    return this.#decisions.invites;
  }

  /** The browsers that are told who comes while no owner is there, the oldest first. */
  get bells(): readonly Bell[] {
    return this.#decisions.bells ?? [];
  }

  /** Replaces them. */
  setBells(bells: readonly Bell[]): void {
    this.#decisions = { ...this.#decisions, bells: bells.length === 0 ? undefined : bells };
  }

  /** When people may come in; undefined: at any time. */
  get hours(): RoomHours | undefined {
    return this.#decisions.hours;
  }

  /** When the call ends; undefined: no end is set. */
  get end(): RoomEnd | undefined {
    return this.#decisions.end;
  }

  /** Sets the hours or the end. */
  setTimes(times: { readonly hours?: RoomHours | undefined; readonly end?: RoomEnd | undefined }) {
    this.#decisions = { ...this.#decisions, ...times };
  }

  /** How many members the room may have. `most`: what the server allows. */
  capacity(most: number): number {
    return Math.min(this.#decisions.capacity ?? most, most);
  }

  /** The message that members are sent. */
  toMessage({ owners, capacityMost }: { owners: readonly PeerId[]; capacityMost: number }): Rules {
    const { locked, knocking, password, chat, screen, files } = this.#decisions;
    const capacity = this.capacity(capacityMost);
    const decisions = { locked, knocking, password: password !== "", chat, screen, files };
    return { type: "rules", ...decisions, capacity, owners };
  }

  /** What must outlive the room's members and the process; undefined: nothing was decided. */
  toKept(emptySince: number | undefined): KeptRules | undefined {
    const { invites, invitesMade: _, ...rest } = this.#decisions;
    const locked = rest.locked && emptySince === undefined;
    const { invites: _none, invitesMade: _zero, ...nothing } = undecided;
    const isPlain = invites.length === 0 && JSON.stringify({ ...rest, locked }) ===
        JSON.stringify(nothing);
    const door = this.#door;
    if (isPlain && door === undefined) return undefined;
    const decisions = { ...this.#decisions, ...door !== undefined && { door } };
    return { founded: this.founded, ...decisions, locked, emptySince };
  }

  /** Applies changes; a password in them is a hash. */
  change(changes: RuleChanges): void {
    this.#decisions = { ...this.#decisions, ...changes };
  }

  /** From now on, opening the room makes nobody its owner. */
  reserve(): void {
    this.#decisions = { ...this.#decisions, reserved: true };
  }

  /**
   * Undoes all decisions and sets the founding. The door stays, because the members have the secret
   * of no other one.
   */
  reset(founded: number): void {
    this.founded = founded;
    this.#decisions = undecided;
    this.taken.clear();
  }

  /** Adds a new invite. */
  addInvite({ role, expires }: { readonly role: Role; readonly expires: number }): void {
    const { invites, invitesMade: inviteId } = this.#decisions;
    this.#decisions = {
      ...this.#decisions,
      invites: [...invites, { inviteId, role, expires }],
      invitesMade: inviteId + 1,
    };
  }

  /** Revokes an invite. */
  removeInvite(inviteId: Invite["inviteId"]): void {
    const invites = this.invites.filter((invite) => invite.inviteId !== inviteId);
    this.#decisions = { ...this.#decisions, invites };
  }

  /** Removes the invites that expired before `at`; true if there were any. */
  removeExpiredInvites(at: number): boolean {
    const invites = this.invites.filter(({ expires }) => expires > at);
    if (invites.length === this.invites.length) return false;
    this.#decisions = { ...this.#decisions, invites };
    return true;
  }

  /** Whether these credentials make their bearer an owner. */
  isOwner({ key, invite }: Pick<Credentials, "key" | "invite">): boolean {
    return key?.founded === this.founded || this.#roleBy(invite) === "owner";
  }

  /** Whether a member may do what owners can reserve for themselves, or take away from it. */
  allows({ peerId, isOwner }: Actor, right: PersonRight): boolean {
    if (isOwner) return true;
    const isDevice = right === "microphone" || right === "camera";
    return (isDevice || this.#decisions[right] === "everyone") && !this.taken.has(peerId, right);
  }

  /** Whether a resume token is that of a member who was not removed. */
  wasMember(claims: ResumeClaims | undefined): boolean {
    return claims?.founded === this.founded && !this.isRemoved(claims.peerId);
  }

  /** Whether an owner removed this peer. */
  isRemoved(peerId: PeerId): boolean {
    return this.#removed.has(peerId);
  }

  /** Why a client may not join at `at`, or that it has to knock; undefined: it may join. */
  refusal(
    credentials: Credentials,
    at: number,
  ): "banned" | "locked" | "hours" | "password" | "knock" | undefined {
    const { claims, invite, password, address, admitted } = credentials;
    if (this.isOwner(credentials)) return undefined;
    const isBanned = claims !== undefined && this.#bannedPeers.has(claims.peerId) ||
      address !== undefined && this.#bannedAddresses.has(address);
    if (isBanned) return "banned";
    if (this.wasMember(claims)) return undefined;
    if (this.#decisions.locked) return "locked";
    if (!admitted && this.hours !== undefined && !isOpenAt(this.hours, at)) return "hours";
    if (admitted || this.#roleBy(invite) !== undefined) return undefined;
    if (this.password !== undefined && this.password !== password) return "password";
    return this.#decisions.knocking ? "knock" : undefined;
  }

  /** Records that a member is removed; with `ban`, the peer and its address cannot join again. */
  recordRemoval(
    { peerId, address }: { readonly peerId: PeerId; readonly address: string | undefined },
    { ban }: { readonly ban: boolean },
  ): void {
    this.#removed.add(peerId);
    if (!ban) return;
    this.#bannedPeers.add(peerId);
    if (address !== undefined) this.#bannedAddresses.add(address);
  }

  /**
   * Whether a resume token shows that this founding is not a new one: the room was founded earlier
   * and a restart interrupted it, so the first to join afterwards founded nothing.
   */
  isInterrupted(claims: ResumeClaims, startedAt: number): boolean {
    return claims.founded !== undefined && claims.founded < this.founded &&
      claims.epoch < startedAt;
  }

  #roleBy(invite: InviteClaims | undefined): Role | undefined {
    if (invite?.founded !== this.founded) return undefined;
    return this.invites.find(({ inviteId }) => inviteId === invite.inviteId)?.role;
  }
}
