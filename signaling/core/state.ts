/**
 * Everything the core knows, and what its shell may ask. The functions of this folder change it;
 * the shell only calls `step` and the questions below.
 */
import { type PeerId, type Powers, type Rules, serverLimits } from "../../protocol/mod.ts";
import type { CoreOptions, Insider, OwnedRoom, RoomView, SocketId } from "./core_types.ts";
import { GuessLimit } from "./guess_limit.ts";
import { KeptRooms } from "./kept_rooms.ts";
import { NewRoomRate } from "./new_room_rate.ts";
import { mintInvites, mintOwnerKey } from "./owner_tokens.ts";
import type { Room, Session } from "./room.ts";
import { RoomRules } from "./room_rules.ts";
import type { SocketRecord } from "./socket_record.ts";
import { WaitingClients } from "./waiting_clients.ts";

type Held =
  | "sockets"
  | "rooms"
  | "away"
  | "pending"
  | "kept"
  | "newRooms"
  | "waiting"
  | "moves";

/** All sockets, rooms and members of one node. `at` is ms since the epoch. */
export class CoreState {
  readonly options: CoreOptions;
  readonly sockets = new Map<SocketId, SocketRecord>();
  /** The rooms that have members, by name. */
  readonly rooms = new Map<string, Room>();
  /** Members whose socket is lost and who may resume. */
  readonly away = new Set<Session>();
  /** Members whose newest name or state is not broadcast yet. */
  readonly pendingChanges = new Set<Session>();
  /** Members whose newest report is not broadcast yet. */
  readonly pendingReports = new Set<Session>();
  readonly keptRooms: KeptRooms;
  readonly waiting = new WaitingClients();
  /** Names of rooms whose waiting clients, rules or owners have changed in this step. */
  readonly changedLobbies = new Set<string>();
  readonly newRooms = new NewRoomRate();
  /** Members that offer to move to another device. */
  readonly moves = new Set<Session>();
  /** Wrong codes by address. */
  readonly moveGuesses = new GuessLimit();

  constructor(options: CoreOptions) {
    this.options = options;
    this.keptRooms = new KeptRooms(options.kept);
  }

  /** How many rooms and peers there are; away peers count. */
  counts(): { rooms: number; peers: number } {
    let peers = 0;
    for (const room of this.rooms.values()) peers += room.members.size;
    return { rooms: this.rooms.size, peers };
  }

  /** The size of everything that is held, for invariant 7 and leak tests. */
  sizes(): Readonly<Record<Held, number>> {
    return {
      sockets: this.sockets.size,
      rooms: this.rooms.size,
      away: this.away.size,
      pending: this.pendingChanges.size + this.pendingReports.size,
      kept: this.keptRooms.size,
      newRooms: this.newRooms.size,
      waiting: this.waiting.size,
      moves: this.moves.size,
    };
  }

  /** The members of a room in join order; empty if there is no such room. */
  members(room: string): PeerId[] {
    return [...this.rooms.get(room)?.members.keys() ?? []];
  }

  /** The raised hands of a room, as its members were last sent them. */
  hands(room: string): readonly PeerId[] {
    return this.rooms.get(room)?.sentHands ?? [];
  }

  /** The rules and owners of a room, as its members were last sent them; undefined: no members. */
  sentRules(room: string): Rules | undefined {
    return this.rooms.get(room)?.sentRules;
  }

  /** What is special about single members, as they were last sent it; undefined: nothing was. */
  sentPowers(room: string): Powers | undefined {
    return this.rooms.get(room)?.sentPowers;
  }

  /** Names of all rooms that have members or kept rules. */
  roomNames(): string[] {
    return [...new Set([...this.rooms.keys(), ...this.keptRooms.names()])];
  }

  /** The rules of a room that has members, or those that are kept of an empty one. */
  rules(room: string, at: number): RoomRules | undefined {
    return this.rooms.get(room)?.rules ?? this.keptRules(room, at);
  }

  /** The rules that are kept of a room. */
  keptRules(room: string, at: number): RoomRules | undefined {
    const kept = this.keptRooms.get(room);
    if (kept === undefined) return undefined;
    // It had members when the last process ended, and they may still resume.
    const isInterrupted = kept.emptySince === undefined &&
      at - this.options.startedAt < serverLimits.resumeTokenMs;
    const rules = RoomRules.restored(kept, { locked: isInterrupted });
    // Nobody was here when the call should have ended.
    if (rules.end !== undefined && rules.end.at <= at) rules.setTimes({ end: undefined });
    return rules;
  }

  /** A room as the administration sees it; undefined if it has neither members nor kept rules. */
  view(name: string, at: number): RoomView | undefined {
    const rules = this.rules(name, at);
    if (rules === undefined) return undefined;
    const { tokens, capacity: capacityMost } = this.options;
    const room = this.rooms.get(name);
    const owners = room?.owners.map(({ peerId }) => peerId) ?? [];
    const { type: _, ...shownRules } = rules.toMessage({ owners, capacityMost });
    return {
      name,
      sealed: (room ?? rules).door !== undefined,
      rules: shownRules,
      peers: [...room?.members.values() ?? []]
        .map((member) => ({ ...member.peer(), owner: member.isOwner })),
      invites: mintInvites(tokens, { room: name, rules, at }),
      ownerKey: mintOwnerKey(tokens, { room: name, rules, at }),
    };
  }

  /** The password hash that a newcomer's password is compared with; undefined: none is needed. */
  passwordHash(room: string, at: number): string | undefined {
    return this.rules(room, at)?.password;
  }

  /** Who is in a room, for its entry page; undefined if the room is closed to some newcomers. */
  inside(room: string, at: number): Insider[] | undefined {
    return this.rules(room, at)?.isClosed ? undefined : this.#people(room);
  }

  #people(room: string): Insider[] {
    const members = this.rooms.get(room)?.members.values() ?? [];
    return [...members].map(({ peerId, name, sealed }) => ({ peerId, name, sealed }));
  }

  /** What the bearer of an owner key may know of a room; undefined: the key is not valid. */
  owned(room: string, { ownerKey, at }: { ownerKey: string; at: number }): OwnedRoom | undefined {
    const key = this.options.tokens.ownerKey.read(ownerKey, at);
    const rules = this.rules(room, at);
    // The key opens a room of which nothing is known with the founding of the key.
    if (key?.room !== room || rules?.isOwner({ key, invite: undefined }) === false) {
      return undefined;
    }
    return { people: this.#people(room), bells: rules?.bells ?? [] };
  }

  /** Whether this socket is a member of a room. */
  isJoined(socketId: SocketId): boolean {
    return this.sockets.get(socketId)?.session !== undefined;
  }
}
