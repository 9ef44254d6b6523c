/**
 * The middle of a server that lies: between the sockets of one room's clients and a real server it
 * reads every frame as a message, and lies change, drop, hold, repeat or invent messages. It works
 * over fake sockets and virtual time as well as over real ones.
 */
import {
  type ClientMessage,
  isEnvelope,
  parseServerMessage,
  parseSignal,
  type PeerId,
  readEnvelope,
  type ServerMessage,
  writeEnvelope,
} from "../../protocol/mod.ts";
import { parseClientMessage } from "../../protocol/parse_client.ts";

/** One way a server can lie. */
export interface Lie {
  readonly name: string;
  /** `elsewhere`: the lies about another room of the same server. */
  install(server: LyingServer, elsewhere: LyingServer): void;
}

/**
 * Looks at a message on its way. What it returns goes on instead; undefined: the message goes on as
 * it is.
 */
export type Change<M> = (message: M, line: Line) => readonly M[] | undefined;

/** Where the frames of one socket go. */
export interface Ends {
  /** Whether the socket has agreed on envelopes. */
  readonly envelopes: boolean;
  toServer(frame: string): void;
  toClient(frame: string): void;
}

/** Time, virtual or real. */
export interface LiarClock {
  /** ms. */
  now(): number;
  after(ms: number, callback: () => void): void;
}

/** One socket of a client. */
export class Line {
  /** Of the last welcome. */
  peerId: PeerId | undefined;
  /** What the client has sent in its last join. */
  joined: Extract<ClientMessage, { type: "join" }> | undefined;
  readonly #server: LyingServer;
  readonly #ends: Ends;
  /** The last revision that the client was sent. */
  #revision = 0;
  /** How many more events of the room it was sent than there were. */
  #surplus = 0;

  constructor(server: LyingServer, ends: Ends) {
    this.#server = server;
    this.#ends = ends;
  }

  /** A frame of the client. */
  up(frame: string): void {
    const message = readUp(frame);
    if (message === undefined) return this.#ends.toServer(frame);
    if (message.type === "join") this.joined = message;
    for (const each of this.#server.changedUp(message, this)) this.ask(each);
  }

  /** A frame of the server. */
  down(frame: string): void {
    const message = readDown(frame);
    if (message === undefined) return this.#ends.toClient(frame);
    if (message.type === "welcome") {
      this.peerId = message.peerId;
      this.#surplus = 0;
      this.#server.meet(message.peerId);
    } else if (message.type === "peer-joined") this.#server.meet(message.peer.peerId);
    for (const each of this.#server.changedDown(message, this)) this.tell(this.#counted(each));
  }

  /** Sends a message to the server, past all lies. */
  ask(message: ClientMessage): void {
    const { envelopes } = this.#ends;
    if (message.type === "signal" && envelopes) {
      const { to: peerId, signal } = message;
      return this.#ends.toServer(writeEnvelope({ peerId, body: JSON.stringify(signal) }));
    }
    const isBehind = message.type === "join" && message.followed !== undefined;
    const honest = isBehind ? { ...message, followed: this.#honest(message.followed) } : message;
    this.#ends.toServer(JSON.stringify(honest));
  }

  /** Sends a message to the client, past all lies. */
  tell(message: ServerMessage): void {
    const { envelopes } = this.#ends;
    this.#revision = revisionOf(message) ?? this.#revision;
    if (message.type === "signal" && envelopes) {
      const { from: peerId, signal } = message;
      return this.#ends.toClient(writeEnvelope({ peerId, body: JSON.stringify(signal) }));
    }
    this.#ends.toClient(JSON.stringify(message));
  }

  /** Sends an event of the room that never was; those that follow count on from it. */
  invent(
    event: Extract<ServerMessage, { readonly revision: number; readonly type: string }>,
  ): void {
    this.#surplus++;
    this.tell({ ...event, revision: this.#revision + 1 });
  }

  /** An event of the room does not reach the client, which must see no gap. */
  hide(): readonly ServerMessage[] {
    this.#surplus--;
    return [];
  }

  #counted(message: ServerMessage): ServerMessage {
    if (this.#surplus === 0 || message.type === "welcome") return message;
    if (message.type === "chat") {
      const { line } = message;
      const id = line.id + this.#surplus;
      const changed = line.changed === undefined ? {} : { changed: line.changed + this.#surplus };
      return { ...message, line: { ...line, id, ...changed } };
    }
    if (!("revision" in message)) return message;
    return { ...message, revision: message.revision + this.#surplus };
  }

  #honest(followed: { readonly epoch: number; readonly revision: number }) {
    return { ...followed, revision: followed.revision - this.#surplus };
  }
}

/** The lies about one room. */
export class LyingServer {
  /** The members in the order in which they came. */
  readonly members: PeerId[] = [];
  readonly clock: LiarClock;
  /** When the first lie was told, by `clock`. */
  liedAt: number | undefined;
  readonly #lines: Line[] = [];
  readonly #up: Change<ClientMessage>[] = [];
  readonly #down: Change<ServerMessage>[] = [];

  constructor(clock: LiarClock) {
    this.clock = clock;
  }

  /** A client has opened a socket. */
  connect(ends: Ends): Line {
    const line = new Line(this, ends);
    this.#lines.push(line);
    return line;
  }

  /** Changes what clients send. */
  onUp(change: Change<ClientMessage>): void {
    this.#up.push(change);
  }

  /** Changes what clients are sent. */
  onDown(change: Change<ServerMessage>): void {
    this.#down.push(change);
  }

  /** The newest socket of a member, by its place in `members`. */
  line(member: number): Line | undefined {
    const peerId = this.members[member];
    return peerId === undefined
      ? undefined
      : this.#lines.findLast((line) => line.peerId === peerId);
  }

  /** Whether a socket is of this member. */
  isOf(line: Line, member: number): boolean {
    return line.peerId !== undefined && line.peerId === this.members[member];
  }

  /** Notes that a lie is being told. */
  lies<T>(instead: T): T {
    this.liedAt ??= this.clock.now();
    return instead;
  }

  /** For Line: there is such a member. */
  meet(peerId: PeerId): void {
    if (!this.members.includes(peerId)) this.members.push(peerId);
  }

  /** For Line: what becomes of a message of a client. */
  changedUp(message: ClientMessage, line: Line): readonly ClientMessage[] {
    return changed(message, { changes: this.#up, line });
  }

  /** For Line: what becomes of a message of the server. */
  changedDown(message: ServerMessage, line: Line): readonly ServerMessage[] {
    return changed(message, { changes: this.#down, line });
  }
}

function changed<M>(
  message: M,
  { changes, line }: { changes: readonly Change<M>[]; line: Line },
): readonly M[] {
  return changes.reduce<readonly M[]>(
    (messages, change) => messages.flatMap((each) => change(each, line) ?? [each]),
    [message],
  );
}

function revisionOf(message: ServerMessage): number | undefined {
  if (message.type === "chat") return message.line.id;
  return "revision" in message ? message.revision : undefined;
}

function readUp(frame: string): ClientMessage | undefined {
  if (!isEnvelope(frame)) {
    const parsed = parseClientMessage(frame);
    return parsed.ok ? parsed.message : undefined;
  }
  const { peerId: to, body = "" } = readEnvelope(frame) ?? {};
  const signal = parseSignal(body);
  if (to === undefined || !signal.ok) return undefined;
  return { type: "signal", to, signal: signal.message };
}

function readDown(frame: string): ServerMessage | undefined {
  if (!isEnvelope(frame)) {
    const parsed = parseServerMessage(frame);
    return parsed.ok ? parsed.message : undefined;
  }
  const { peerId: from, body = "" } = readEnvelope(frame) ?? {};
  const signal = parseSignal(body);
  if (from === undefined || !signal.ok) return undefined;
  return { type: "signal", from, signal: signal.message };
}
