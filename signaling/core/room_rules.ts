/**
 * What a room's owners decided. Invariants:
 * 1 A key or an invite counts in the founding it was made for and in no other.
 * 2 A member that was removed keeps no right from its membership: it joins as a stranger, or not at all.
 * 3 No rule ever stands against an owner.
 */
import type { Invite, PeerId, Right, Role, RuleChanges, Rules } from "../../protocol/mod.ts";
import type {
  InviteClaims,
  KeptInvite,
  KeptRules,
  OwnerClaims,
  ResumeClaims,
} from "./core_types.ts";

/** What a client proves when it joins. */
export interface Credentials {
  readonly claims: ResumeClaims | undefined;
  readonly key: OwnerClaims | undefined;
  readonly invite: InviteClaims | undefined;
  /** The kept password that what it said was found to be; undefined: it said none, or a wrong one. */
  readonly password: string | undefined;
  readonly address: string | undefined;
  /** An owner let it in. */
  readonly admitted: boolean;
}

/** What owners can reserve for themselves. */
export type Permission = "chat" | "screen" | "files";

/** Who wants to do something. */
interface Actor {
  readonly isOwner: boolean;
}

type Decisions = Omit<KeptRules, "founded" | "emptySince">;

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
};

/** The decisions of one room. */
export class RoomRules {
  /** ms since the epoch; outlives the room's members and restarts, in keys and tokens. */
  founded: number;
  #decisions: Decisions = undecided;
  readonly #removed = new Set<PeerId>();
  readonly #bannedPeers = new Set<PeerId>();
  readonly #bannedAddresses = new Set<string>();

  constructor(founded: number) {
    this.founded = founded;
  }

  /** Of a room that somebody opens: what its key or its token says, or a new founding. `at`: ms since the epoch. */
  static opened({ claims, key, invite }: Credentials, at: number): RoomRules {
    return new RoomRules(key?.founded ?? invite?.founded ?? claims?.founded ?? at);
  }

  /** Of a room that was decided on before. A lock lasts as long as there are members; `locked`: there are, or soon again. */
  static continued(
    { founded, emptySince: _, ...decisions }: KeptRules,
    { locked }: { readonly locked: boolean },
  ): RoomRules {
    const rules = new RoomRules(founded);
    rules.#decisions = { ...decisions, locked: decisions.locked && locked };
    return rules;
  }

  /** Whether not everybody may come in who finds a place. */
  get isClosed(): boolean {
    const { locked, knocking, password } = this.#decisions;
    return locked || knocking || password !== "";
  }

  /** As it is kept, to be compared with; undefined: there is none. */
  get password(): string | undefined {
    return this.#decisions.password === "" ? undefined : this.#decisions.password;
  }

  get invites(): readonly KeptInvite[] {
    return this.#decisions.invites;
  }

  /** `most`: what the server allows. */
  capacity(most: number): number {
    return Math.min(this.#decisions.capacity ?? most, most);
  }

  /** As the members are told. */
  told({ owners, capacityMost }: { owners: readonly PeerId[]; capacityMost: number }): Rules {
    const { locked, knocking, password, chat, screen, files } = this.#decisions;
    const capacity = this.capacity(capacityMost);
    const said = { locked, knocking, password: password !== "", chat, screen, files, capacity };
    return { type: "rules", ...said, owners };
  }

  /** What must outlive the room's members and the process; undefined: nothing was decided. */
  kept(emptySince: number | undefined): KeptRules | undefined {
    const { invites, invitesMade: _, ...rest } = this.#decisions;
    const locked = rest.locked && emptySince === undefined;
    const { invites: _none, invitesMade: _zero, ...nothing } = undecided;
    const isPlain = invites.length === 0 && JSON.stringify({ ...rest, locked }) ===
        JSON.stringify(nothing);
    if (isPlain) return undefined;
    return { founded: this.founded, ...this.#decisions, locked, emptySince };
  }

  /** `changes.password`: as it is kept. */
  change(changes: RuleChanges): void {
    this.#decisions = { ...this.#decisions, ...changes };
  }

  /** From now on opening the room makes nobody its owner. */
  reserve(): void {
    this.#decisions = { ...this.#decisions, reserved: true };
  }

  /** Back to what a room is that nobody decided on, in another founding. */
  forget(founded: number): void {
    this.founded = founded;
    this.#decisions = undecided;
  }

  /** Notes a new invite. `expires`: ms since the epoch. */
  addInvite({ role, expires }: { readonly role: Role; readonly expires: number }): void {
    const { invites, invitesMade: inviteId } = this.#decisions;
    this.#decisions = {
      ...this.#decisions,
      invites: [...invites, { inviteId, role, expires }],
      invitesMade: inviteId + 1,
    };
  }

  removeInvite(inviteId: Invite["inviteId"]): void {
    const invites = this.invites.filter((invite) => invite.inviteId !== inviteId);
    this.#decisions = { ...this.#decisions, invites };
  }

  /** Forgets the invites that are over; true when there were any. `at`: ms since the epoch. */
  dropInvites(at: number): boolean {
    const invites = this.invites.filter(({ expires }) => expires > at);
    if (invites.length === this.invites.length) return false;
    this.#decisions = { ...this.#decisions, invites };
    return true;
  }

  /** Whether what somebody shows makes it an owner here. */
  isOwner({ key, invite }: Pick<Credentials, "key" | "invite">): boolean {
    return key?.founded === this.founded || this.#roleBy(invite) === "owner";
  }

  /** Whether somebody may do something that owners can reserve. */
  allows({ isOwner }: Actor, deed: Permission): boolean {
    const right: Right = this.#decisions[deed];
    return isOwner || right === "everyone";
  }

  /** Whether somebody was a member and was not taken out since. */
  wasHere(claims: ResumeClaims | undefined): boolean {
    return claims?.founded === this.founded && !this.isRemoved(claims.peerId);
  }

  isRemoved(peerId: PeerId): boolean {
    return this.#removed.has(peerId);
  }

  /** Why somebody may not come in, or that it has to knock. */
  refusal(credentials: Credentials): "banned" | "locked" | "password" | "knock" | undefined {
    const { claims, invite, password, address, admitted } = credentials;
    if (this.isOwner(credentials)) return undefined;
    const isBanned = claims !== undefined && this.#bannedPeers.has(claims.peerId) ||
      address !== undefined && this.#bannedAddresses.has(address);
    if (isBanned) return "banned";
    if (this.wasHere(claims)) return undefined;
    if (this.#decisions.locked) return "locked";
    if (admitted || this.#roleBy(invite) !== undefined) return undefined;
    if (this.password !== undefined && this.password !== password) return "password";
    return this.#decisions.knocking ? "knock" : undefined;
  }

  /** Notes that a member is taken out, and with `ban` that it and its address stay out. */
  takeOut(
    { peerId, address }: { readonly peerId: PeerId; readonly address: string | undefined },
    { ban }: { readonly ban: boolean },
  ): void {
    this.#removed.add(peerId);
    if (!ban) return;
    this.#bannedPeers.add(peerId);
    if (address !== undefined) this.#bannedAddresses.add(address);
  }

  /**
   * Whether a token tells of an older founding of this room that a restart has only interrupted: whoever came in first
   * after it without one has founded nothing.
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
