/**
 * One person's presence in one room: signalling, links, chat, own state. Invariants:
 * 1 `state` is the only truth about where one is, and every change of it is one event.
 * 2 A lost socket costs nothing but signalling: links and roster stay until the server says otherwise.
 * 3 Each chat line is told once, whatever was sent again after a loss.
 * 4 After leave() nothing is sent, received or held; after close() nothing is told.
 */
import {
  type ErrorReply,
  type Join,
  type OwnerMessage,
  type Peer,
  type PeerId,
  type PeerState,
  type Reaction,
  type Rename,
  roomName,
  type ServerMessage,
  type SetState,
  type Welcome,
} from "../protocol/mod.ts";
import { Emitter } from "./emitter.ts";
import { type Environment, environment } from "./environment.ts";
import type { LeftReason, LinkState, RoomEvent, SessionState, Slot } from "./events.ts";
import type { RawFileChannel } from "./link/file_channel.ts";
import type { FileChannel } from "./files/link_channel.ts";
import { LateMonitor } from "./link/late_monitor.ts";
import { Mesh } from "./mesh.ts";
import { checkedName, OwnPresence } from "./signaling/own_presence.ts";
import type { PeerMessage, Shown } from "./link/peer_message.ts";
import { Resync } from "./signaling/resync.ts";
import { type ChatAddress, RoomChat } from "./signaling/room_chat.ts";
import { RoomOwners, type Visit } from "./signaling/room_owners.ts";
import { RoomProgress } from "./signaling/room_progress.ts";
import { SignalingClient, type SignalingEvent } from "./signaling/signaling_client.ts";

/** `url`: the WebSocket address. The rest are outside facts; the browser's own by default. */
export interface RoomSessionOptions extends Partial<Environment> {
  readonly url: string;
  /** See RoomSession.setRelayOnly(); false by default. */
  readonly relayOnly?: boolean;
}

/** One person's presence in one room. Usable again after a leave. */
export class RoomSession {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #events = new Emitter<RoomEvent>();
  readonly #mesh: Mesh;
  readonly #monitor: LateMonitor;
  readonly #presence: OwnPresence;
  #state: SessionState = { kind: "idle" };
  #client: SignalingClient | undefined;
  #chat: RoomChat;
  readonly #progress = new RoomProgress();
  readonly #owners = new RoomOwners();
  #relayOnly: boolean;
  #unwatch: readonly (() => void)[] = [];
  readonly #resync: Resync;

  constructor({ url, relayOnly = false, ...facts }: RoomSessionOptions) {
    this.#url = url;
    this.#relayOnly = relayOnly;
    this.#environment = environment(facts);
    this.#mesh = new Mesh({
      environment: this.#environment,
      send: (to, signal) => this.#client?.send({ type: "signal", to, signal }) ?? false,
      introduction: () => this.#introduction(),
      relayOnly: () => this.#relayOnly,
      owners: this.#owners,
      watched: () => this.#monitor.watched(),
      emit: (event) => {
        this.#events.emit(event);
        this.#monitor.follow(event);
      },
    });
    this.#monitor = new LateMonitor({
      clock: this.#environment.clock,
      links: () => this.#mesh.links,
      relayKnown: () => this.#mesh.relayKnown,
      emit: (links) => this.#events.emit({ type: "links", links }),
      send: (report) => this.#client?.send(report) ?? false,
      suspect: () => this.#client?.probe(),
      slept: () => this.#client?.wake("slept"),
      track: (slot) => this.#mesh.ownTrack(slot),
      strained: (strained) => this.#events.emit({ type: "strained", strained }),
    }, this.#environment.createMonitor);
    this.#presence = new OwnPresence({
      send: (message) => this.#tellAll(message),
      changed: () => this.#events.emit({ type: "self", name: this.name, state: this.selfState }),
    });
    this.#events.subscribe((event) => this.#mesh.skyrtc.follow(event));
    this.#chat = this.#newChat();
    this.#resync = new Resync(this.#environment.clock, () => this.#askAgain());
  }

  get state(): SessionState {
    return this.#state;
  }

  /** What the others are told about oneself. */
  get selfState(): PeerState {
    return this.#presence.state;
  }

  /** Own name, as it was asked for. */
  get name(): string {
    return this.#presence.name;
  }
  /** The others, in join order. */
  get peers(): readonly Peer[] {
    return this.#mesh.peers;
  }

  linkOf(peerId: PeerId): LinkState | undefined {
    return this.#mesh.linkOf(peerId);
  }

  /** The remote track of a slot; null when there is none. */
  trackOf(peerId: PeerId, slot: Slot): MediaStreamTrack | null {
    return this.#mesh.trackOf(peerId, slot);
  }

  subscribe(listener: (event: RoomEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Enters `room`; from another room it is a move. In the same room, or at its door, it shows the credentials at once. Throws for names that protocol/names.ts refuses. */
  join({ room: wishedRoom, name: wishedName, credentials }: Visit): void {
    const room = roomName(wishedRoom);
    if (room === undefined) throw new RangeError(`cannot join: "${wishedRoom}" is no room name`);
    const name = checkedName(wishedName);
    if (this.#client !== undefined) {
      if (this.#room() === room) {
        this.#presence.rename(name);
        if (credentials === undefined) return;
        this.#owners.show(credentials);
        return this.#client.again();
      }
      this.leave();
    }
    this.#presence.rename(name);
    this.#owners.show(credentials ?? {});
    this.#client = new SignalingClient({
      url: this.#url,
      environment: this.#environment,
      hello: () => this.#hello(room),
      emit: (event) => this.#take(event),
    });
    const { page } = this.#environment;
    const undoWake = page.onWake((reason) => this.#monitor.wake(reason));
    this.#unwatch = [undoWake, page.onHide(() => this.leave())];
    this.#become({ kind: "joining", room });
    this.#start(room);
  }

  #start(room: string): void {
    const { tab } = this.#environment;
    // Undefined again if a listener has left already; one that was closed meanwhile does not start.
    const client = this.#client;
    if (tab === undefined) return client?.start();
    void tab.recall(room).then((token) => client?.start(token));
  }

  /** At once and for good: says goodbye, closes every link. */
  leave(): void {
    this.#end("left");
  }

  /** Returns the line's ref, or undefined outside a room and for a text that none takes (empty, too long). Lines wait while the socket is away. */
  sendChat(text: string, address: ChatAddress = {}): string | undefined {
    return this.#client === undefined ? undefined : this.#chat.say(text, address);
  }

  /** Changes an own line that was delivered, or takes it back (null). False when that cannot be. */
  changeChat(ref: string, text: string | null): boolean {
    return this.#client !== undefined && this.#chat.change(ref, text);
  }

  /** What the others get in `slot` from now on. Works before joining too. The track stays the caller's to stop. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.#presence.carry(slot, track);
    this.#mesh.setTrack(slot, track);
  }

  /** A muted microphone keeps its track and its sender, but the track is disabled and `selfState.microphone` is false. */
  setMuted(muted: boolean): void {
    this.#presence.setMuted(muted);
  }

  /** Whether media goes through a relay only. */
  get relayOnly(): boolean {
    return this.#relayOnly;
  }

  /** Whether the server named a relay. */
  get relayKnown(): boolean {
    return this.#mesh.relayKnown;
  }

  /** From now on; links there are look for another way if `anew`. Without a relay on the server's list no link comes to be. */
  setRelayOnly(relayOnly: boolean, { anew = true } = {}): void {
    if (relayOnly === this.#relayOnly) return;
    this.#relayOnly = relayOnly;
    this.#mesh.policyChanged(anew);
  }

  /** Tells a peer how its pictures are shown here, so that it sends no more than that. */
  watch(peerId: PeerId, shown: Shown): void {
    this.#mesh.ask(peerId, { type: "watch", ...shown });
  }

  /** Small pictures for everybody, for the sake of this machine and its line. */
  setLight(light: boolean): void {
    this.#monitor.setLight(light);
  }

  setHand(raised: boolean): void {
    this.#presence.change({ hand: raised });
  }

  /** False while nobody could be told. */
  react(reaction: Reaction): boolean {
    return this.#client?.send({ type: "react", reaction }) ?? false;
  }

  /** Says what only owners may say; false while nobody could be told. */
  decide(message: OwnerMessage): boolean {
    return this.#client?.send(message) ?? false;
  }

  /** Throws for a name that protocol/names.ts refuses. */
  rename(name: string): void {
    this.#presence.rename(name);
  }

  /** Tries a failed link again, with a new connection. */
  retryLink(peerId: PeerId): void {
    this.#mesh.retry(peerId);
  }

  /** A channel for one file; undefined when there is no way just now, or the peer's page knows no such channels. */
  openFileChannel(peerId: PeerId): RawFileChannel | undefined {
    return this.#mesh.openFileChannel(peerId);
  }

  /** The same for a page of the SkyRTC dialect, which takes files in another way. */
  openSkyrtcFile(peerId: PeerId): FileChannel | undefined {
    return this.#mesh.skyrtc.openFile(peerId);
  }

  /** Leaves and forgets every listener. */
  close(): void {
    this.leave();
    this.#events.clear();
  }

  #take(event: SignalingEvent): void {
    if (event.type === "message") this.#hear(event.message);
    else if (event.type === "lost") this.#lost();
    else this.#end(event.reason);
  }

  /** A join that says how far one has followed the room. */
  #hello(room: string): Join {
    const { followed } = this.#progress;
    const introduction = { ...this.#presence.introduce(), ...this.#owners.credentials };
    const join = { type: "join", room, ...introduction } as const;
    return followed === undefined ? join : { ...join, followed };
  }

  #hear(message: ServerMessage): void {
    if (this.#progress.hear(message)) this.#resync.want();
    switch (message.type) {
      case "welcome":
        return this.#welcomed(message);
      case "peer-joined":
        return this.#mesh.joined(message.peer);
      case "peer-left":
        return this.#mesh.left(message);
      case "peer-changed":
        return this.#mesh.changed(message);
      case "peer-away":
        return this.#mesh.away(message.peerId);
      case "peer-back":
        return this.#mesh.back(message.peerId);
      case "signal":
        return this.#mesh.receive(message.from, message.signal);
      case "chat":
        return this.#chat.take(message.line);
      case "error":
        return this.#refused(message);
      case "ice-servers":
        return this.#mesh.configure(message.iceServers);
      case "rules":
      case "owner-key":
      case "knocking":
      case "knocks":
      case "invites":
      case "mute-request":
        if (this.#owners.hear(message)) this.#mesh.rulesChanged();
        return this.#events.emit({ type: "owners", word: message });
      case "peer-report":
      case "hands":
      case "reaction":
        return this.#events.emit(message);
      case "tick":
        return;
      default:
        return message satisfies never;
    }
  }

  /** Something was left out for a slow reader: a join of the same room brings the whole again. */
  #askAgain(): boolean {
    const state = this.#state;
    return state.kind === "joined" && (this.#client?.send(this.#hello(state.room)) ?? false);
  }

  #welcomed(welcome: Welcome): void {
    // A welcome in a joined room answers #askAgain(): the socket is the same, and nothing of ours was lost in it.
    const back = this.#state.kind !== "joined";
    this.#mesh.welcome(welcome, { sameLife: this.#progress.isSameLife(welcome) });
    this.#progress.welcomed(welcome);
    if (welcome.gap) this.#events.emit({ type: "chat-gap" });
    this.#chat.welcomed(welcome.peerId);
    for (const line of welcome.missed) this.#chat.take(line);
    for (const line of welcome.recent) this.#chat.take(line, { recent: true });
    const { room, peerId: selfId, capacity } = welcome;
    this.#environment.tab?.keep(room, welcome.resumeToken);
    this.#become({ kind: "joined", room, selfId, capacity });
    this.#presence.welcomed(welcome);
    if (!back) return;
    this.#chat.begin();
    this.#monitor.welcomed();
  }

  #lost(): void {
    if (this.#state.kind !== "joined") return;
    const { room, selfId } = this.#state;
    this.#become({ kind: "reconnecting", room, selfId, since: this.#environment.clock.now() });
  }

  #refused(error: ErrorReply): void {
    const { code, message } = error;
    // A signal that met its peer leaving; the roster says so a moment later.
    if (this.#chat.refused(error) || code === "no-such-peer") return;
    this.#events.emit({ type: "refused", code, message });
  }

  /**
   * By the server, or directly where it does not reach. False without a session. Each way keeps its order, but not that
   * of the other; so whom something was told directly hears all of it so, and whatever arrives last is the latest.
   */
  #tellAll(message: SetState | Rename): boolean {
    const said = this.#client?.send(message) ?? false;
    this.#mesh.say(message, { everybody: !said });
    return said;
  }

  /** Whoever connects while the socket is away must hear it here. */
  #introduction(): readonly PeerMessage[] {
    if (this.#state.kind !== "reconnecting") return [];
    return [{ type: "rename", name: this.name }, { type: "state", state: this.selfState }];
  }

  #end(reason: LeftReason): void {
    if (this.#client === undefined) return;
    this.#client.close();
    this.#client = undefined;
    for (const undo of this.#unwatch) undo();
    this.#environment.tab?.forget();
    this.#resync.cancel();
    this.#mesh.clear();
    this.#monitor.close();
    this.#chat.close();
    this.#chat = this.#newChat();
    this.#progress.clear();
    this.#owners.clear();
    this.#become({ kind: "left", room: this.#room(), reason });
  }

  #room(): string {
    return this.#state.kind === "idle" ? "" : this.#state.room;
  }

  #newChat(): RoomChat {
    return new RoomChat({
      environment: this.#environment,
      send: (words) => this.#client?.send(words) ?? false,
      emit: (event) => this.#events.emit(event),
    });
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#events.emit({ type: "state", state });
  }
}
