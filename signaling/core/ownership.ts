/**
 * Who owns rooms and what was decided about them: kept, told, and undone when a restart is found to have interrupted a
 * founding. lobby.ts decides who may join.
 */
import { type Invite, limits, type PeerId } from "../../protocol/mod.ts";
import type { Broadcast, CoreOptions, Effect, Moment, ResumeClaims } from "./core_types.ts";
import { KeptRooms } from "./kept_rooms.ts";
import type { Room, Session } from "./room.ts";
import { type Credentials, RoomRules } from "./room_rules.ts";

interface OwnershipParts {
  readonly emit: (effect: Effect) => void;
  readonly tell: (session: Session, message: Broadcast) => void;
  readonly broadcast: (room: Room, message: Broadcast, except?: PeerId) => void;
  /** After the rules of a room, or its owners, have become others. */
  readonly changed: (room: Room) => void;
}

/** Of all rooms of one node. */
export class Ownership {
  readonly #options: CoreOptions;
  readonly #parts: OwnershipParts;
  readonly #kept: KeptRooms;

  constructor(options: CoreOptions, parts: OwnershipParts) {
    this.#options = options;
    this.#parts = parts;
    this.#kept = new KeptRooms(
      options.kept,
      (room, rules) => parts.emit({ kind: "keep", room, rules }),
    );
  }

  /** How many rooms have their rules kept. */
  get kept(): number {
    return this.#kept.size;
  }

  /** Rooms whose rules are kept. */
  names(): Iterable<string> {
    return this.#kept.names();
  }

  /** What was decided about a room that has no members now. `at`: ms since the epoch. */
  rulesOfEmpty(room: string, at: number): RoomRules | undefined {
    const kept = this.#kept.get(room);
    if (kept === undefined) return undefined;
    // It had members when the process before ended, and they have not had the time to come back.
    const interrupted = kept.emptySince === undefined &&
      at - this.#options.startedAt < limits.resumeTokenMs;
    return RoomRules.continued(kept, { locked: interrupted });
  }

  /** The rules of a room that somebody opens. */
  rulesToOpen(
    room: string,
    { credentials, at }: { credentials: Credentials; at: number },
  ): RoomRules {
    const rules = this.rulesOfEmpty(room, at) ?? RoomRules.opened(credentials, at);
    this.#kept.keep(room, rules.kept(undefined));
    return rules;
  }

  /** The last member is gone. */
  emptied({ name, rules }: Room, at: number): void {
    this.#kept.keep(name, rules.kept(at));
  }

  /** Tells a joining or resuming member. */
  welcome(session: Session, at: number): void {
    this.#parts.tell(session, session.room.rulesTold);
    if (session.isOwner) this.#give(session, at);
  }

  /** Who showed what makes an owner is one from now on. */
  promote(session: Session, at: number): void {
    if (session.isOwner) return;
    session.isOwner = true;
    this.#give(session, at);
    this.tellRules(session.room);
  }

  /** Tells everybody the rules and owners if they have changed. `except`: the peer whose welcome says so. */
  tellRules(room: Room, except?: PeerId): void {
    const rules = room.rulesNews(this.#options.capacity);
    if (rules === undefined) return;
    this.#parts.broadcast(room, rules, except);
    this.#parts.changed(room);
  }

  /** Something was decided. */
  decided(room: Room): void {
    this.#kept.keep(room.name, room.rules.kept(undefined));
    this.tellRules(room);
  }

  /** The same of invites, which only owners hear of. */
  decidedInvites(room: Room, at: number): void {
    this.#kept.keep(room.name, room.rules.kept(undefined));
    for (const owner of room.owners) this.#giveInvites(owner, at);
  }

  /** The server itself has decided something; `room`: if it has members. */
  ordered(
    name: string,
    { room, rules, at }: { room: Room | undefined; rules: RoomRules; at: number },
  ): void {
    if (room === undefined) return this.#kept.keep(name, rules.kept(at));
    this.decided(room);
    this.decidedInvites(room, at);
  }

  /** Forgets everything that was decided about a room. */
  forget(name: string): void {
    this.#kept.keep(name, undefined);
  }

  /** A key that makes its bearer an owner. `at`: ms since the epoch. */
  keyOf(room: string, { rules, at }: { rules: RoomRules; at: number }): string {
    const { founded } = rules;
    return this.#options.tokens.ownerKey.mint({ room, founded, expires: at + limits.ownerKeyMs });
  }

  /** The invites that are good, with their tokens. */
  invitesOf(room: string, { rules, at }: { rules: RoomRules; at: number }): Invite[] {
    const { founded } = rules;
    return rules.invites.filter(({ expires }) => expires > at).map((each) => {
      const { inviteId, expires } = each;
      const invite = this.#options.tokens.invite.mint({ room, founded, inviteId, expires });
      return { ...each, invite };
    });
  }

  /** The room goes on in the founding that a restart interrupted; nobody is its owner without a key of that. */
  restoreFounding(room: Room, { founded = room.rules.founded }: ResumeClaims): void {
    room.rules.forget(founded);
    for (const member of room.members.values()) member.isOwner = false;
    this.decided(room);
  }

  /** Forgets what is over. */
  tick(rooms: Iterable<Room>, { at }: Moment): void {
    this.#kept.tick(at);
    for (const room of rooms) {
      if (room.rules.dropInvites(at)) this.decidedInvites(room, at);
    }
  }

  /** What only an owner gets: its key, and the invites if there are any. */
  #give(session: Session, at: number): void {
    const { name, rules } = session.room;
    this.#parts.tell(session, { type: "owner-key", key: this.keyOf(name, { rules, at }) });
    if (rules.invites.length > 0) this.#giveInvites(session, at);
  }

  #giveInvites(session: Session, at: number): void {
    const { name, rules } = session.room;
    this.#parts.tell(session, { type: "invites", invites: this.invitesOf(name, { rules, at }) });
  }
}
