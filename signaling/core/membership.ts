/**
 * Who is in which room, and who is told what. Knows sessions and socket ids, but no limits and no deadlines: those
 * are the core's. Every change of the roster goes through `admit`, `resume` and `remove`, nothing else.
 */
import {
  type ChatLine,
  type EditChat,
  type Followed,
  limits,
  type Peer,
  type PeerId,
  type PeerState,
  type Reaction,
  type Report,
  type SendChat,
} from "../../protocol/mod.ts";
import { mayRead } from "./chat_log.ts";
import { firstRevision, linesFor } from "./chat_history.ts";
import type {
  Broadcast,
  CoreOptions,
  Effect,
  IncomingSignal,
  Moment,
  Outgoing,
  ResumeClaims,
  SocketId,
} from "./core_types.ts";
import { Ownership } from "./ownership.ts";
import { Room, Session } from "./room.ts";
import type { Credentials, RoomRules } from "./room_rules.ts";

/** A brief loss stays silent; one longer than this is shown to the others. */
const awayShownMs = 3_000;

/** Why a line, or its change, is not taken. */
export type LineRefusal = "no-such-peer" | "no-such-line" | "no-private" | "not-allowed";

/** All rooms of one node and their members. */
export class Membership {
  readonly #options: CoreOptions;
  readonly #emit: (effect: Effect) => void;
  readonly ownership: Ownership;
  readonly #rooms = new Map<string, Room>();
  readonly #away = new Set<Session>();
  /** Sessions with a change that waits for the next tick. */
  readonly #untold = new Set<Session>();
  readonly #unreported = new Set<Session>();

  constructor(
    options: CoreOptions,
    { emit, changed }: { emit: (effect: Effect) => void; changed: (room: Room) => void },
  ) {
    this.#options = options;
    this.#emit = emit;
    this.ownership = new Ownership(options, {
      emit,
      changed,
      tell: (session, message) => this.#sendTo(session, message),
      broadcast: (room, message, except) => this.#broadcast(room, message, except),
    });
  }

  /** Rooms and peers now; away peers count. */
  count(): { rooms: number; peers: number } {
    let peers = 0;
    for (const room of this.#rooms.values()) peers += room.members.size;
    return { rooms: this.#rooms.size, peers };
  }

  /** What is held besides the members themselves. */
  sizes(): { rooms: number; away: number; untold: number; kept: number } {
    const untold = this.#untold.size + this.#unreported.size;
    return { rooms: this.#rooms.size, away: this.#away.size, untold, kept: this.ownership.kept };
  }

  room(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /** All rooms that have members or kept rules. */
  names(): string[] {
    return [...new Set([...this.#rooms.keys(), ...this.ownership.names()])];
  }

  /** What was decided about a room, even if it has no members. `at`: ms since the epoch. */
  rules(name: string, at: number): RoomRules | undefined {
    return this.#rooms.get(name)?.rules ?? this.ownership.rulesOfEmpty(name, at);
  }

  /**
   * The session a token vouches for, if its peer is still a member and the token is its newest or the one before: the
   * welcome that carried the newest may have been lost.
   */
  resumable(claims: ResumeClaims | undefined): Session | undefined {
    if (claims === undefined) return undefined;
    const known = this.#rooms.get(claims.room)?.members.get(claims.peerId);
    const isRecent = known !== undefined && claims.generation >= known.generation - 1;
    return isRecent ? known : undefined;
  }

  /**
   * The origin's order: announce the newcomer, then add it, then send it the list. `credentials.claims` and `followed` come
   * from somebody who was a member before, in a session this node has forgotten. Opening a room founds it, unless
   * what it shows is of an earlier founding.
   */
  admit(
    peer: Omit<Peer, "away">,
    { room: name, socketId, credentials, followed, now, at }: Moment & {
      room: string;
      socketId: SocketId;
      credentials: Credentials;
      followed: Followed | undefined;
    },
  ): Session {
    const { claims, address } = credentials;
    const known = this.#rooms.get(name);
    const room = known ?? this.#open(name, { credentials, at });
    const since = firstRevision(room, { history: this.#options.chatHistory, claims });
    const session = new Session(peer, { room, socketId, since, now, address });
    const founds = known === undefined && room.rules.founded === at && peer.dialect === "parley";
    session.isOwner = founds || room.rules.isOwner(credentials);
    session.state = this.#allowed(session, peer.state);
    session.generation = claims?.peerId === peer.peerId ? claims.generation + 1 : 0;
    const revision = room.nextRevision();
    this.#broadcast(room, { type: "peer-joined", revision, peer: session.peer() });
    room.members.set(peer.peerId, session);
    this.ownership.tellRules(room, peer.peerId);
    this.welcome(session, { now, at, resumed: false, followed });
    room.setHand(peer.peerId, peer.state.hand);
    this.#tellHands(room);
    return session;
  }

  #open(name: string, { credentials, at }: { credentials: Credentials; at: number }): Room {
    const rules = this.ownership.rulesToOpen(name, { credentials, at });
    const room = new Room(name, { epoch: at, rules, capacityMost: this.#options.capacity });
    this.#rooms.set(name, room);
    this.#emit({ kind: "subscribe", room: name });
    return room;
  }

  /** Tells a member who it is, who is there, and what it missed since what it had `followed`. */
  welcome(
    session: Session,
    { now, at, resumed, followed }: Moment & { resumed: boolean; followed: Followed | undefined },
  ): void {
    const { peerId, name, room } = session;
    const { epoch } = room;
    session.iceSince = now;
    this.#sendTo(session, {
      type: "welcome",
      peerId,
      room: room.name,
      name,
      roster: room.roster(peerId),
      resumed,
      resumeToken: this.#mint(session, at),
      iceServers: this.#options.ice.serversFor(peerId, at),
      capacity: room.rules.capacity(this.#options.capacity),
      epoch,
      revision: room.revision,
      ...linesFor(session, followed),
      at,
    });
    for (const { peerId: other, links } of room.members.values()) {
      if (other === peerId || links.length === 0) continue;
      this.#sendTo(session, { type: "peer-report", peerId: other, links });
    }
    const { handsTold: peerIds } = room;
    if (peerIds.length > 0) this.#sendTo(session, { type: "hands", peerIds });
    this.ownership.welcome(session, at);
  }

  #mint({ peerId, room, generation, since }: Session, at: number): string {
    const { name, epoch, rules: { founded } } = room;
    const expires = at + limits.resumeTokenMs;
    const claims = { peerId, room: name, generation, epoch, since, expires, founded };
    return this.#options.tokens.resume.mint(claims);
  }

  /** Sends fresh ICE servers when those a member has are half spent. */
  renewIce(session: Session, { now, at }: Moment): void {
    const { ice } = this.#options;
    if (ice.renewMs === undefined || now - session.iceSince < ice.renewMs) return;
    session.iceSince = now;
    const iceServers = ice.serversFor(session.peerId, at);
    this.#sendTo(session, { type: "ice-servers", iceServers });
  }

  /** The peer is back on a new socket and gets what it missed; the others hear nothing unless they saw it away. */
  resume(
    session: Session,
    { socketId, now, at, followed }: Moment & {
      socketId: SocketId;
      followed: Followed | undefined;
    },
  ): void {
    const { room, peerId } = session;
    this.#away.delete(session);
    session.generation += 1;
    session.socketId = socketId;
    this.welcome(session, { now, at, resumed: true, followed });
    for (const held of session.takeHeld()) {
      if (room.members.has(held.from)) this.#sendTo(session, held);
    }
    if (!session.awayTold) return;
    session.awayTold = false;
    this.#broadcast(room, { type: "peer-back", revision: room.nextRevision(), peerId });
  }

  /** The socket of a member that may come back is gone. */
  lose(session: Session, now: number): void {
    session.socketId = undefined;
    session.awaySince = now;
    this.#away.add(session);
  }

  /** Ends a membership; the only place that does. */
  remove(
    session: Session,
    { reason, at }: { reason: "left" | "lost" | "kicked"; at: number },
  ): void {
    const { room, peerId } = session;
    room.members.delete(peerId);
    this.#away.delete(session);
    this.#untold.delete(session);
    this.#unreported.delete(session);
    this.#broadcast(room, { type: "peer-left", revision: room.nextRevision(), peerId, reason });
    room.setHand(peerId, false);
    this.#tellHands(room);
    if (room.members.size > 0) return this.ownership.tellRules(room);
    this.#rooms.delete(room.name);
    this.ownership.emptied(room, at);
    this.#emit({ kind: "unsubscribe", room: room.name });
  }

  /** Relays one signal; false when there is no such other member in the sender's room. */
  relay({ room, peerId: from }: Session, { to, body }: IncomingSignal): boolean {
    const target = to === from ? undefined : room.members.get(to);
    if (target !== undefined) this.#sendTo(target, { type: "signal", from, body });
    return target !== undefined;
  }

  /** Gives a line its place and tells it to everybody, or to one and its sender; or says why not. */
  chat(from: Session, message: SendChat, { now, at }: Moment): LineRefusal | undefined {
    const { room, peerId, name } = from;
    const { ref, text, to, answers } = message;
    if (!room.rules.allows(from, "chat")) return "not-allowed";
    const sent = room.chat.find(peerId, ref);
    if (sent !== undefined) {
      // A line sent again after a loss: its echo is the receipt, the others have it.
      this.#sendTo(from, { type: "chat", line: sent });
      return undefined;
    }
    const other = to === undefined || to === peerId ? undefined : room.members.get(to);
    if (to !== undefined && other === undefined) return "no-such-peer";
    // Its pages would show it as one for everybody, and the answer would be one.
    if (other?.dialect === "skyrtc") return "no-private";
    const id = other === undefined ? room.nextRevision() : room.revision;
    const said = { id, ref, from: peerId, name, text, at };
    const addressed = other === undefined
      ? said
      : { ...said, to: { peerId: other.peerId, name: other.name } };
    const line = answers === undefined ? addressed : { ...addressed, answers };
    room.chat.add(line, now);
    this.#tellLine(from, line);
    return undefined;
  }

  /** Changes a line of the sender's own and tells it to those who had it; or says why not. */
  edit(from: Session, { ref, text }: EditChat, { now }: Moment): LineRefusal | undefined {
    const { room, peerId } = from;
    // Taking back is no new word.
    if (text !== null && !room.rules.allows(from, "chat")) return "not-allowed";
    const line = room.chat.find(peerId, ref);
    // What was taken back stays so.
    if (line === undefined || (line.text === null && text !== null)) return "no-such-line";
    if (line.text === text) {
      this.#sendTo(from, { type: "chat", line });
      return undefined;
    }
    const changed = { ...line, text, changed: room.revision };
    room.chat.replace(changed, now);
    this.#tellLine(from, changed);
    return undefined;
  }

  #tellLine({ room }: Session, line: ChatLine): void {
    const message: Broadcast = { type: "chat", line };
    for (const member of room.members.values()) {
      if (mayRead(line, member)) this.#sendTo(member, message);
    }
    // Both ends of a private line are members here; no other node has any use for it.
    if (line.to === undefined) this.#emit({ kind: "publish", room: room.name, message });
  }

  /** A hand has its place from now on, even if the change is told later. */
  setState(session: Session, { state, now }: { state: PeerState; now: number }): void {
    session.state = this.#allowed(session, state);
    session.room.setHand(session.peerId, state.hand);
    this.tellChange(session, now);
  }

  /** The same of those whose state the rules of their room forbid now. */
  followRules(room: Room, now: number): void {
    for (const member of room.members.values()) {
      const { state } = member;
      if (this.#allowed(member, state) !== state) this.setState(member, { state, now });
    }
  }

  #allowed(session: Session, state: PeerState): PeerState {
    const mayShare = !state.screen || session.room.rules.allows(session, "screen");
    return mayShare ? state : { ...state, screen: false };
  }

  /** Shows a reaction to all present members. */
  react({ room, peerId }: Session, reaction: Reaction): void {
    this.#broadcast(room, { type: "reaction", peerId, reaction });
  }

  /** Passes on that an owner asks everybody else to be silent. */
  askToMute({ room, peerId: from }: Session): void {
    this.#broadcast(room, { type: "mute-request", from }, from);
  }

  #tellHands(room: Room): void {
    const peerIds = room.handsNews();
    if (peerIds !== undefined) this.#broadcast(room, { type: "hands", peerIds });
  }

  /** Tells the others a new name or state, now or, when that would be too often, with a later tick. */
  tellChange(session: Session, now: number): void {
    if (!session.mayTell(now)) {
      this.#untold.add(session);
      return;
    }
    this.#untold.delete(session);
    const { peerId, name, state, room } = session;
    const revision = room.nextRevision();
    this.#broadcast(room, { type: "peer-changed", revision, peerId, name, state });
    this.#tellHands(room);
  }

  /** Keeps what a member sees of its links and tells the others, so that everybody sees the whole matrix. */
  report(session: Session, { links }: Pick<Report, "links">, now: number): void {
    session.links = links;
    if (!session.mayReport(now)) {
      this.#unreported.add(session);
      return;
    }
    this.#unreported.delete(session);
    const { peerId, room } = session;
    this.#broadcast(room, { type: "peer-report", peerId, links }, peerId);
  }

  /** Shows and ends absences, tells what waited. */
  tick({ now, at }: Moment): void {
    for (const { chat } of this.#rooms.values()) chat.age(now);
    this.ownership.tick(this.#rooms.values(), { now, at });
    for (const session of this.#away) this.#tickAway(session, { now, at });
    for (const session of this.#untold) this.tellChange(session, now);
    for (const session of this.#unreported) this.report(session, session, now);
  }

  /** Passes on what another node says of a room that has members here. */
  fromBus(roomName: string, message: Broadcast): void {
    for (const member of this.#rooms.get(roomName)?.members.values() ?? []) {
      if (message.type === "chat" && !mayRead(message.line, member)) continue;
      this.#sendTo(member, message);
    }
  }

  #tickAway(session: Session, { now, at }: Moment): void {
    const awayMs = now - session.awaySince;
    if (awayMs >= limits.awayMs) return this.remove(session, { reason: "lost", at });
    if (awayMs < awayShownMs || session.awayTold) return;
    session.awayTold = true;
    const { room, peerId } = session;
    this.#broadcast(room, { type: "peer-away", revision: room.nextRevision(), peerId });
  }

  #broadcast(room: Room, message: Broadcast, except?: PeerId): void {
    for (const member of room.members.values()) {
      if (member.peerId !== except) this.#sendTo(member, message);
    }
    this.#emit({ kind: "publish", room: room.name, message });
  }

  #sendTo(session: Session, message: Outgoing): void {
    const { socketId } = session;
    if (socketId !== undefined) this.#emit({ kind: "send", socketId, message });
    // Everything else an away peer misses is in its next welcome.
    else if (message.type === "signal") session.hold(message);
  }
}
