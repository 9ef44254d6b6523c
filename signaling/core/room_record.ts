/**
 * A room as texts by field, so that another node can continue it. Fields:
 * - `head`: epoch, revision, the opener's door, raised hands; changes with almost every event
 * - `members`: the peer ids in join order
 * - `rules`: what owners decided, removals and bans
 * - `peer:ID`: one member
 * - `stays`: who was here; `deleted`: the lines that owners have deleted
 * - `line:ORDER`: one line of chat; `marks:ORDER`: its reactions, if it ever had one
 * - `chat`: which older lines were dropped; `pin`: the pinned line
 * - `kept`: the rules that outlive the members; the only field of a room without members
 *
 * Link reports are left out, because each member sends a new one soon; so are offers to move to
 * another device, because a page that comes back makes a new one.
 */
import type { ChatLine, Mark, PeerId, PeerState, SealedPeer } from "../../protocol/mod.ts";
import type { RecordedStays } from "./attendance.ts";
import type { ChatLogHead } from "./chat_log.ts";
import type { KeptRules, Moment, Site, SocketId } from "./core_types.ts";
import { type LineName, type Pin, Room, Session } from "./room.ts";
import { type RecordedRules, RoomRules } from "./room_rules.ts";
import type { CoreState } from "./state.ts";

/** Texts by field. */
export type RoomRecord = ReadonlyMap<string, string>;

/** What must be written and removed so that a written record equals the room again. */
export interface RecordChange {
  readonly set: RoomRecord;
  readonly remove: readonly string[];
}

interface Head {
  readonly epoch: number;
  readonly revision: number;
  readonly door: string | undefined;
  readonly hands: readonly PeerId[];
}

interface RecordedPeer {
  readonly dialect: Session["dialect"];
  readonly name: string;
  readonly state: PeerState;
  readonly sealed: SealedPeer | undefined;
  readonly chosenAt: number | undefined;
  readonly generation: number;
  /** Absent: an older version wrote the record. */
  readonly device?: number;
  readonly since: number;
  /** As the others were sent it. */
  readonly isShownAway: boolean;
  readonly isOwner: boolean;
  /** Absent: no. It is no `isOwner`, because an earlier version would give it a key. */
  readonly isLent?: boolean;
  readonly address: string | undefined;
  readonly site: Site | undefined;
}

/** Whether the room of a record has members. */
export function hasMembers(record: RoomRecord): boolean {
  return record.has("members");
}

/** The record of a room without members. */
export function recordOfKept(rules: KeptRules): RoomRecord {
  return new Map([["kept", JSON.stringify(rules)]]);
}

/** Finds what has changed of one room's record since it was last asked. */
export class RoomRecorder {
  readonly #name: string;
  #texts = new Map<string, string>();
  /** What each text was made from; equal values need no new text. */
  #sources = new Map<string, readonly unknown[]>();

  /** `written`: the record as it is kept already; a new room has none. */
  constructor(name: string, written: RoomRecord = new Map()) {
    this.#name = name;
    this.#texts = new Map(written);
  }

  /** The changes since the last call; undefined: there are none. */
  changes(state: CoreState): RecordChange | undefined {
    const set = new Map<string, string>();
    const seen = new Set<string>();
    const field = (name: string, sources: readonly unknown[], text: () => string) => {
      seen.add(name);
      const before = this.#sources.get(name);
      if (before !== undefined && sources.every((source, index) => source === before[index])) {
        return;
      }
      this.#sources.set(name, sources);
      const now = text();
      if (this.#texts.get(name) !== now) set.set(name, now);
    };
    visit(state, this.#name, field);
    const remove = [...this.#texts.keys()].filter((name) => !seen.has(name));
    for (const name of remove) {
      this.#texts.delete(name);
      this.#sources.delete(name);
    }
    for (const [name, text] of set) this.#texts.set(name, text);
    return set.size === 0 && remove.length === 0 ? undefined : { set, remove };
  }

  /** The whole record, as of the last call of `changes`. */
  get whole(): RoomRecord {
    return new Map(this.#texts);
  }
}

/** Calls `field` for each field of a room's record. */
function visit(
  state: CoreState,
  name: string,
  field: (name: string, sources: readonly unknown[], text: () => string) => void,
): void {
  const kept = state.keptRooms.get(name);
  if (kept !== undefined) field("kept", [kept], () => JSON.stringify(kept));
  const room = state.rooms.get(name);
  if (room === undefined) return;
  const { epoch, revision, openedDoor: door, hands } = room;
  const head: Head = { epoch, revision, door, hands };
  field("head", [revision, hands.join()], () => JSON.stringify(head));
  const ids = [...room.members.keys()];
  field("members", [ids.join()], () => JSON.stringify(ids));
  const rules = JSON.stringify(room.rules.toRecord());
  field("rules", [rules], () => rules);
  for (const session of room.members.values()) {
    const { dialect, name, state, sealed, chosenAt, generation, device } = session;
    const { since, isShownAway, isLent, address, site } = session;
    const isOwner = session.isOwner && !isLent;
    const recorded: RecordedPeer = {
      ...{ dialect, name, state, sealed, chosenAt, generation, device, since, isShownAway },
      ...{ isOwner, ...isLent && { isLent }, address, site },
    };
    field(`peer:${session.peerId}`, Object.values(recorded), () => JSON.stringify(recorded));
  }
  const { chat } = room;
  for (const { order, line, marks } of chat.entries()) {
    field(`line:${order}`, [line], () => JSON.stringify(line));
    if (marks !== undefined) field(`marks:${order}`, [marks], () => JSON.stringify(marks));
  }
  const { pin } = room;
  if (pin !== undefined) {
    const { line, by, at } = pin;
    field("pin", [pin], () => JSON.stringify({ line, by, at }));
  }
  const { stays, deleted } = room;
  field("stays", [stays.record.stays], () => JSON.stringify(stays.record));
  if (deleted.length > 0) field("deleted", [deleted], () => JSON.stringify(deleted));
  const chatHead = JSON.stringify(chat.head);
  field("chat", [chatHead], () => chatHead);
}

/**
 * Continues a room from its record: its members are away, with a new grace period. The revision
 * continues at `revisionJump` more, so that an event that only the last home knew shares none with
 * an event of this one. Throws a SyntaxError or TypeError if the record is damaged.
 */
export function restoreRoom(
  state: CoreState,
  { name, record, revisionJump }: { name: string; record: RoomRecord; revisionJump: number },
  moment: Moment,
): Room | undefined {
  const kept = read<KeptRules>(record, "kept");
  if (kept !== undefined) state.keptRooms.restore(name, kept);
  const head = read<Head>(record, "head");
  const rules = read<RecordedRules>(record, "rules");
  const ids = read<PeerId[]>(record, "members") ?? [];
  if (head === undefined || rules === undefined || ids.length === 0) return undefined;
  const { epoch, revision, door, hands } = head;
  const { capacity: capacityMost } = state.options;
  const room = new Room(name, {
    ...{ epoch, door, capacityMost },
    rules: RoomRules.fromRecord(rules),
  });
  state.rooms.set(name, room);
  for (const peerId of ids) {
    const session = restorePeer(peerId, { room, record, now: moment.now });
    if (session === undefined) continue;
    room.members.set(peerId, session);
    state.away.add(session);
  }
  const deleted = read<LineName[]>(record, "deleted") ?? [];
  room.restore({ revision: revision + revisionJump, hands, deleted, capacityMost });
  restoreStays(room, { record, at: moment.at });
  const lines = [...record].flatMap(([field, text]) => {
    const order = field.startsWith("line:") ? Number(field.slice("line:".length)) : undefined;
    if (order === undefined) return [];
    const marks = read<readonly Mark[]>(record, `marks:${order}`);
    return [{ order, line: JSON.parse(text) as ChatLine, marks }];
  });
  const chat = read<ChatLogHead>(record, "chat");
  room.chat.restore({ lines, head: chat }, moment);
  const pin = read<Omit<Pin, "pinnedAt">>(record, "pin");
  if (pin !== undefined) {
    room.pin = { ...pin, pinnedAt: moment.now - Math.max(0, moment.at - pin.at) };
  }
  return room;
}

/** An earlier version has recorded no stays: those of the members begin now. */
function restoreStays(room: Room, { record, at }: { record: RoomRecord; at: number }): void {
  const stays = read<RecordedStays>(record, "stays");
  if (stays !== undefined) return room.stays.restore(stays);
  for (const member of room.members.values()) room.stays.begin(member, at);
}

function restorePeer(
  peerId: PeerId,
  { room, record, now }: { room: Room; record: RoomRecord; now: number },
): Session | undefined {
  const peer = read<RecordedPeer>(record, `peer:${peerId}`);
  if (peer === undefined) return undefined;
  const { dialect, name, state, sealed, since, address, site } = peer;
  const session = new Session(
    { peerId, dialect, name, state, ...sealed !== undefined && { sealed } },
    { room, socketId: undefined, since, now, address, site },
  );
  session.chosenAt = peer.chosenAt;
  session.generation = peer.generation;
  session.device = peer.device ?? 0;
  session.isShownAway = peer.isShownAway;
  session.isLent = peer.isLent === true;
  session.isOwner = peer.isOwner || session.isLent;
  session.awaySince = now;
  return session;
}

/**
 * Forgets a room that another node continues, with the sockets of its members and of those who
 * wait, and tells nobody. Returns these sockets.
 */
export function dropRoom(state: CoreState, name: string): SocketId[] {
  const dropped: SocketId[] = [];
  const forget = (socketId: SocketId | undefined) => {
    if (socketId !== undefined && state.sockets.delete(socketId)) dropped.push(socketId);
  };
  for (const session of state.rooms.get(name)?.members.values() ?? []) {
    forget(session.socketId);
    state.away.delete(session);
    state.pendingChanges.delete(session);
    state.pendingReports.delete(session);
    state.moves.delete(session);
  }
  for (const { socket } of state.waiting.in(name)) {
    state.waiting.remove(socket);
    forget(socket.socketId);
  }
  state.rooms.delete(name);
  state.keptRooms.drop(name);
  return dropped;
}

/** The value of one field, which this program wrote. */
function read<T>(record: RoomRecord, field: string): T | undefined {
  const text = record.get(field);
  return text === undefined ? undefined : JSON.parse(text);
}
