/**
 * One person's membership in one room, without media: the base of RoomSession, and of the client
 * for other programs. Invariants:
 * 1 `state` is the only truth about where this person is, and each change of it is one event.
 * 2 A lost socket changes nothing but `state`: the roster stays until the server says otherwise.
 * 3 Each chat line is reported once, even if it was sent again after a loss.
 * 4 After leave() nothing is sent, received or held; after close() no part calls a listener.
 */
import {
  atRoom,
  type ClientMessage,
  type CloseReason,
  type Join,
  type Rename,
  roomName,
  type SetState,
  type Welcome,
} from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import { lateImport } from "../late_import.ts";
import type { CreateCertificate } from "../sealing/certificate.ts";
import type { KeepIdentity } from "../sealing/identity.ts";
import { RoomTrust } from "../sealing/room_trust.ts";
import type { LeftReason, PassedMessage, RoomEvent, RoomMessage, SessionState } from "../events.ts";
import type { Platform } from "../platform.ts";
import { LateMessages } from "./late_messages.ts";
import { checkedName, OwnPresence } from "./own_presence.ts";
import { Resync } from "./resync.ts";
import { RoomChat } from "./room_chat.ts";
import { RoomOwners, type Visit } from "./room_owners.ts";
import { RoomProgress } from "./room_progress.ts";
import { Roster } from "./roster.ts";
import { SignalingClient, type SignalingEvent } from "./signaling_client.ts";
import { openWire, type RoomWire, type WireEnds } from "./room_wire.ts";
import type { KeptVisit, TabMemory } from "./tab_memory.ts";

/** `url`: the WebSocket address, without a room. */
export interface RoomClientOptions {
  readonly url: string;
  /**
   * Without `tab`, a page that ends without a goodbye comes back as a new member; without
   * `createCertificate`, it makes no connections in sealed rooms.
   */
  readonly environment: Platform & {
    readonly tab?: TabMemory | undefined;
    readonly createCertificate?: CreateCertificate;
    readonly keepIdentity?: KeepIdentity | undefined;
  };
}

/** One membership in one room. It can join again after a leave. */
export class RoomClient extends Emitter<RoomEvent> {
  /** The other members. */
  readonly roster: Roster;
  /** The chat of the room. */
  readonly chat: RoomChat;
  /** Own name and state. */
  readonly presence: OwnPresence;
  /** What the owners decided, and what this person shows them. */
  readonly owners = new RoomOwners();
  /** Whom this page can trust, and the secret of a sealed room. */
  readonly trust = new RoomTrust();
  /** Messages of the server that no part keeps. */
  readonly messages = new Emitter<PassedMessage>();
  /** Messages of the server that only late code understands. */
  readonly late = new LateMessages(this.owners);
  /** For `new RTCPeerConnection()`; an `ice-servers` message announces newer ones. */
  iceServers: Welcome["iceServers"] = [];
  readonly #options: RoomClientOptions;
  readonly #progress = new RoomProgress();
  readonly #resync: Resync;
  #state: SessionState = { kind: "idle" };
  #socket: SignalingClient | undefined;
  #wire: RoomWire | undefined;
  #secret: string | undefined;
  #resume: KeptVisit | undefined;
  /** Whether the last welcome was of the same life of the room as the one before. */
  #sameLife = false;
  #stopWatchingPage = () => {};

  constructor(options: RoomClientOptions) {
    super();
    this.#options = options;
    const { environment } = options;
    this.roster = new Roster(environment.clock);
    this.chat = new RoomChat({ environment, send: (message) => this.send(message) });
    this.presence = new OwnPresence((message) => this.announce(message));
    this.#resync = new Resync(environment.clock, () => this.#rejoin());
    this.roster.subscribe((event) => {
      if (event.type === "peer-left") this.#wire?.forget(event.peer.peerId);
    });
  }

  /** Where this person is: idle, joining, joined, reconnecting or left. */
  get state(): SessionState {
    return this.#state;
  }

  /**
   * Joins a room, and leaves another one first. For the same room and secret it keeps the socket,
   * changes the name and shows the credentials. Throws a RangeError for an invalid room or name.
   */
  join({ room: wantedRoom, name: wantedName, credentials, secret, resume }: Visit): void {
    const room = roomName(wantedRoom);
    if (room === undefined) throw new RangeError(`"${wantedRoom}" is not a valid room name`);
    const name = checkedName(wantedName);
    if (this.#socket !== undefined && this.#room === room && this.#isSecret(secret)) {
      this.presence.rename(name);
      if (credentials === undefined) return;
      this.owners.show(credentials);
      return this.#socket.rejoin();
    }
    this.leave();
    // Not when it ends: the last message may say why.
    this.late.frames.length = 0;
    this.presence.rename(name);
    this.owners.show(credentials ?? {});
    const { url, environment } = this.#options;
    this.#socket = new SignalingClient({
      url: atRoom(url, room),
      environment,
      join: () => this.#joinMessage(room),
      emit: (event) => this.#handle(event),
    });
    this.#secret = secret;
    this.#resume = resume;
    this.chat.open();
    this.#stopWatchingPage = environment.page.onHide(() => this.leave());
    this.#become({ kind: "joining", room });
    void this.#start(room);
  }

  /** Leaves at once, and tells the server. */
  leave(): void {
    this.#end("left");
  }

  /** Sends a message to the server; false while there is no session, and the message is dropped. */
  send(message: ClientMessage): boolean {
    return this.#wire?.send(message) ?? false;
  }

  /**
   * Checks whether the socket still lives; after the machine has slept, opens a lost one at once.
   */
  checkSocket(reason?: "slept"): void {
    if (reason) this.#socket?.wake(reason);
    else this.#socket?.probe();
  }

  /** Leaves for good: no listener of any part is called again. */
  close(): void {
    this.leave();
    for (const part of [this, ...Object.values(this)]) {
      if (part instanceof Emitter) part.clear();
    }
  }

  /** Tells the others the own name or state; false if the server cannot be told now. */
  protected announce(message: SetState | Rename): boolean {
    return this.send(message);
  }

  get #room(): string {
    return this.#state.kind === "idle" ? "" : this.#state.room;
  }

  /** Whether a visit with this secret is the present one. */
  #isSecret(secret: string | undefined): boolean {
    return secret === (this.trust.secret ?? this.#secret);
  }

  async #start(room: string): Promise<void> {
    // A listener may have left already; a socket that was closed meanwhile does not start.
    const socket = this.#socket;
    if (socket === undefined) return;
    const { tab } = this.#options.environment;
    if (tab === undefined && this.#secret === undefined) {
      this.#wire = openWire(this.#endsOf(socket));
      return socket.start(this.#resume?.token);
    }
    const before = this.#resume ?? await tab?.recall(room);
    const wire = await this.#openWire(room, { socket, before }).catch(() => undefined);
    if (this.#socket !== socket) return wire?.close();
    if (wire === undefined) return this.#end("sealed");
    this.#wire = wire;
    this.trust.sealed = wire.side;
    if (this.#secret !== undefined) this.trust.setSecret(this.#secret);
    socket.start(before?.token);
  }

  /** Undefined: the secret is malformed. Rejects if the browser makes no keys or certificate. */
  async #openWire(
    room: string,
    { socket, before }: { socket: SignalingClient; before: KeptVisit | undefined },
  ): Promise<RoomWire | undefined> {
    const secret = this.#secret;
    const ends = this.#endsOf(socket);
    if (secret === undefined) return openWire(ends);
    const { clock, randomId, createCertificate, keepIdentity } = this.#options.environment;
    const [{ SealedRoom }, own = { fingerprint: "" }] = await Promise.all([
      lateImport(() => import("../sealing/sealed_room.ts")),
      createCertificate?.(),
    ]);
    const end = (reason: CloseReason) => this.#socket === socket ? this.#end(reason) : undefined;
    const { trust, presence } = this;
    const { peerId } = before ?? {};
    const means = { ...ends, clock, randomId, trust, keepIdentity, end };
    const options = { ...means, room, secret, peerId, own };
    return await SealedRoom.open(options, presence);
  }

  #endsOf(socket: SignalingClient): WireEnds {
    return {
      transmit: (message) => this.#socket === socket && socket.send(message),
      hasSession: () => this.#socket === socket && socket.hasSession,
      deliver: (message) => this.#socket === socket ? this.#receive(message) : undefined,
    };
  }

  /** Says how far this client has followed the room. */
  #joinMessage(room: string): Join {
    const { followed } = this.#progress;
    const join: Join = {
      type: "join",
      room,
      ...this.presence.introduce(),
      ...this.owners.credentials,
      ...followed && { followed },
    };
    return this.#wire?.join(join) ?? join;
  }

  #handle(event: SignalingEvent): void {
    if (event.type === "ended") return this.#end(event.reason);
    if (event.type === "unknown") return this.late.receive(event.frame);
    if (event.type === "message") {
      const { message } = event;
      // At once, in the server's order: a sealed message is delivered a moment later.
      if (message.type === "welcome") this.#sameLife = this.#progress.handleWelcome(message);
      else if (this.#progress.follow(message)) this.#resync.request();
      return this.#wire?.receive(message);
    }
    this.#lost();
  }

  #lost(): void {
    if (this.#state.kind !== "joined") return;
    const { room, selfId } = this.#state;
    const since = this.#options.environment.clock.now();
    this.#become({ kind: "reconnecting", room, selfId, since });
  }

  #receive(message: RoomMessage): void {
    switch (message.type) {
      case "welcome":
        return this.#handleWelcome(message);
      case "tick":
        return;
      case "chat":
        return this.chat.receive(message.line);
      case "chat-missing":
        return this.chat.emit(message);
      case "peer-joined":
      case "peer-left":
      case "peer-changed":
        return this.roster.handle(message);
      case "peer-away":
      case "peer-back":
        this.roster.handle(message);
        break;
      case "rules":
      case "owner-key":
      case "knocking":
      case "knocks":
        return this.owners.handle(message);
      case "error":
        if (this.chat.handleError(message)) return;
        // A signal that met its peer leaving; the roster says so a moment later.
        if (message.code !== "no-such-peer") this.emit({ ...message, type: "refused" });
        break;
      case "ice-servers":
        this.iceServers = message.iceServers;
    }
    this.messages.emit(message);
  }

  /** Something was left out for a slow reader: a join of the same room brings the whole again. */
  #rejoin(): boolean {
    return this.#state.kind === "joined" &&
      this.#socket?.send(this.#joinMessage(this.#state.room)) === true;
  }

  #handleWelcome(welcome: Welcome): void {
    const { room, peerId: selfId, capacity, resumeToken } = welcome;
    // A welcome in a joined room answers #rejoin(): the socket is the same, and nothing sent over
    // it is lost.
    const isBack = this.#state.kind !== "joined";
    this.iceServers = welcome.iceServers;
    this.roster.handleWelcome(welcome, { sameLife: this.#sameLife });
    this.chat.handleWelcome(welcome);
    this.#options.environment.tab?.keep(room, { token: resumeToken, peerId: selfId });
    this.#become({ kind: "joined", room, selfId, capacity });
    this.presence.handleWelcome(welcome);
    if (isBack) this.chat.resend();
    // A sealed welcome is delivered a moment later: its socket may be lost already.
    if (this.#socket?.hasSession === false) this.#lost();
  }

  #end(reason: LeftReason): void {
    if (this.#socket === undefined) return;
    this.#socket.close();
    this.#socket = undefined;
    this.#wire?.close();
    this.#wire = undefined;
    this.#stopWatchingPage();
    this.#options.environment.tab?.forget();
    this.#resync.cancel();
    this.#progress.reset();
    this.roster.reset();
    this.chat.reset();
    this.owners.reset();
    this.trust.reset();
    this.#become({ kind: "left", room: this.#room, reason });
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.emit({ type: "state", state });
  }
}
