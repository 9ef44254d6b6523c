/**
 * What one client was sent, frame by frame, and what must be true of it. Nothing here depends on
 * how the server is made: only on docs/protocol.md.
 */
import {
  type ChatLine,
  type ErrorCode,
  type PeerId,
  readEnvelope,
  type Rules,
  type ServerMessage,
  type Welcome,
} from "../../protocol/mod.ts";
import type { ChatHistory } from "../../signaling/mod.ts";
import { assert, assertEquals } from "../assert.ts";
import type { Expectation } from "./faults.ts";
import type { Reached } from "./reached.ts";
import type { RoomWatch, ShownLine } from "./room_watch.ts";

interface Options {
  /** Of the client. */
  readonly name: string;
  readonly room: (name: string) => RoomWatch;
  readonly reached: Reached;
  readonly history: ChatHistory;
  /** ms. */
  readonly now: () => number;
  readonly expectation: Expectation;
  /** Whether every node believes the tokens of every other. */
  readonly isSure: () => boolean;
}

/** Who comes back in less time is the same member to all others, ms. */
const graceMs = 14_000;

/** The number in a signal of a simulation, and the client that sent it. */
const signalText = /candidate:(\d+) of (\w+)/;

/** The text of a signal that `ClientWatch` checks. */
export function signalOf(sender: string, n: number): string {
  return `candidate:${n} of ${sender}`;
}

/** One client, over all its sockets. */
export class ClientWatch {
  readonly #options: Options;
  /** The others, as the frames of this socket say. */
  readonly view = new Set<PeerId>();
  hands: readonly PeerId[] = [];
  rules: Rules | undefined;
  revision = 0;
  epoch = 0;
  /** Undefined before the welcome on this socket. */
  selfId: PeerId | undefined;
  isKnocking = false;
  isOwner = false;
  roomName = "";
  /** The peer that the present visit began as, once it is welcomed. */
  #visitor: PeerId | undefined;
  /** Sockets since the last welcome: two lost welcomes outdate a resume token. */
  #unanswered = 0;
  #lostAt = -Infinity;
  /** What may become of what the present frame shows. */
  fate: ShownLine["fate"] = "unsure";
  /** Public lines of an epoch up to a revision are not for this visitor. */
  #since = new Map<number, number>();
  /** The last signal of each peer. */
  readonly #signals = new Map<string, number>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** The person joins a room; lines and ids of an earlier visit mean nothing. */
  visit(room: string): void {
    this.roomName = room;
    this.#visitor = undefined;
    this.#since = new Map();
    this.#unanswered = 0;
  }

  /** The person leaves the room. */
  left(): void {
    // If its home ends at this moment, its next home counts it as away.
    this.#options.room(this.roomName).arrived.delete(this.#visitor ?? "");
  }

  /** A socket opens. */
  opened(): void {
    this.#unanswered++;
    this.selfId = undefined;
    this.isKnocking = false;
  }

  /** The socket, or the page, is lost. */
  lost(): void {
    const { expectation: { absenceMs }, now } = this.#options;
    assert(absenceMs > 0, "a socket is lost although nothing has failed");
    this.#lostAt = now();
  }

  /** Whether a public line must be shown to this client. */
  mayRead(epoch: number, id: number): boolean {
    const since = this.#since.get(epoch);
    return since !== undefined && id > since;
  }

  /** A frame arrives. `fate`: that of what it shows. */
  receive(frame: string, fate: ShownLine["fate"]): void {
    this.fate = fate;
    const envelope = readEnvelope(frame);
    if (envelope !== undefined) return this.#signal(envelope.peerId, envelope.body);
    const message: ServerMessage = JSON.parse(frame);
    if (message.type === "welcome") return this.#welcome(message);
    if (message.type === "error") this.#refused(message.code);
    if (message.type === "knocking") this.#knocks();
    if (this.selfId === undefined) return;
    if ("revision" in message) {
      assertEquals(message.revision, this.revision + 1, `a gap before ${message.type}`);
      this.revision = message.revision;
    }
    this.#handle(message);
  }

  #knocks(): void {
    this.isKnocking = true;
    this.#options.reached.knocks++;
  }

  #refused(code: ErrorCode): void {
    if (code !== "banned") return;
    this.#options.reached.bans++;
    if (this.fate === "kept") {
      this.#options.room(this.roomName).bans(this.#options.name, this.epoch);
    }
  }

  #handle(message: Exclude<ServerMessage, Welcome>): void {
    switch (message.type) {
      case "peer-joined":
        assert(message.peer.peerId !== this.selfId, "sent its own peer-joined");
        assert(!this.view.has(message.peer.peerId), "joined twice");
        this.view.add(message.peer.peerId);
        return;
      case "peer-left":
        assert(this.view.delete(message.peerId), `${message.peerId} left without having joined`);
        return;
      case "peer-away":
        this.#away(message.peerId);
        return this.#mustKnow(message.peerId, message.type);
      case "peer-changed":
      case "peer-back":
      case "reaction":
        return this.#mustKnow(message.peerId, message.type);
      case "peer-report":
        return this.#mustKnow(message.peerId, message.type);
      case "chat":
        return this.#line(message.line);
      case "hands":
        for (const peerId of message.peerIds) this.#mustKnow(peerId, "hands");
        this.hands = message.peerIds;
        return;
      case "rules":
        this.rules = message;
        this.isOwner = message.owners.includes(this.selfId ?? "");
    }
  }

  #welcome(message: Welcome): void {
    const { peerId, room, roster, epoch, revision, resumed, missed, recent } = message;
    const { reached } = this.#options;
    assertEquals(room, this.roomName, "a welcome into another room");
    const ids = roster.map((peer) => peer.peerId);
    assert(!ids.includes(peerId), "a roster with its receiver");
    assertEquals(new Set(ids).size, ids.length, "a roster with a duplicate");
    const watch = this.#options.room(room);
    assert(!watch.isBanned(this.#options.name, epoch), "banned, but back");
    const visitor = this.#visitor ?? "";
    const isSure = this.#unanswered <= 2 && this.#options.isSure();
    if (visitor !== "" && isSure && !watch.removed.has(visitor)) {
      assertEquals(peerId, visitor, "another id in the same visit");
      const absentMs = this.#options.now() - this.#lostAt;
      const { keepsMembers, absenceMs } = this.#options.expectation;
      if (absentMs < graceMs && keepsMembers) assert(resumed, "forgotten within the grace period");
      if (absentMs < Infinity) assert(absentMs <= absenceMs, `${absentMs} ms out of the room`);
    }
    watch.arrived.add(peerId);
    this.#lostAt = -Infinity;
    this.#unanswered = 0;
    if (resumed) reached.resumes++;
    else reached.joins++;
    if (resumed && revision >= 2 ** 20) reached.takeovers++;
    this.#visitor = peerId;
    if (peerId !== visitor) this.#since = new Map();
    // Who was a member of an earlier epoch may read everything of this one.
    const isStranger = this.#since.size === 0 && this.#options.history === "none";
    if (!this.#since.has(epoch)) this.#since.set(epoch, isStranger ? revision : 0);
    this.selfId = peerId;
    this.isKnocking = false;
    this.epoch = epoch;
    this.revision = revision;
    this.view.clear();
    for (const id of ids) this.view.add(id);
    this.hands = [];
    this.rules = undefined;
    const told = [...missed, ...recent];
    for (const line of told) this.#line(line);
    const places = told.filter(({ to }) => to === undefined).map(({ id }) => id);
    assertEquals(places, places.toSorted((a, b) => a - b), "lines out of order");
    assert(places.every((id) => id <= revision), "a line of the future");
  }

  #line(line: ChatLine): void {
    const { id, to, changed, from, ref } = line;
    if (to !== undefined) {
      this.#options.reached.privates++;
      assert([from, to.peerId].includes(this.selfId ?? ""), "a private line at a third");
      return;
    }
    this.#options.reached.lines++;
    if (changed === undefined && id > this.revision) {
      assertEquals(id, this.revision + 1, `a gap before the line ${ref}`);
      this.revision = id;
    }
    const { epoch } = this;
    this.#options.room(this.roomName).shown(line, { epoch, fate: this.fate });
  }

  #signal(from: PeerId, body: string): void {
    assert(this.view.has(from), "a signal of a stranger");
    const [, n, sender] = signalText.exec(body) ?? [];
    this.#options.reached.signals++;
    const last = this.#signals.get(from) ?? 0;
    // Two people may meet at a home that is cut off, while their signals are held at another.
    if (this.#options.expectation.isWhole) {
      assert(Number(n) > last, `signal ${n} of ${sender} after ${last}`);
    }
    this.#signals.set(from, Number(n));
  }

  /** The others are sent an absence of more than 3 s. */
  #away(peerId: PeerId): void {
    // Of a peer whose welcome, or whose goodbye, was lost only its grace period is left.
    if (!this.#options.room(this.roomName).arrived.has(peerId)) return;
    assert(this.#options.expectation.absenceMs > 3_000, `${peerId} is away`);
  }

  #mustKnow(peerId: PeerId, type: string): void {
    assert(peerId === this.selfId || this.view.has(peerId), `${type} of a stranger`);
  }
}
