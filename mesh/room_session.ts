/**
 * One person's presence in one room: signalling, links, chat, own state. Invariants:
 * 1 `state` is the only truth about where one is, and every change of it is one event.
 * 2 A lost socket costs nothing but signalling: links and roster stay until the server says otherwise.
 * 3 Each chat line is told once, whatever was sent again after a loss.
 * 4 After leave() nothing is sent, received or held; after close() nothing is told.
 */
import {
  type ChatLine,
  codePoints,
  type ErrorReply,
  type Join,
  limits,
  type Peer,
  type PeerId,
  type PeerState,
  personName,
  roomName,
  type ServerMessage,
  type Welcome,
} from "../protocol/mod.ts";
import { ChatOutbox } from "./chat_outbox.ts";
import { Emitter } from "./emitter.ts";
import { type Environment, environment } from "./environment.ts";
import type { LeftReason, LinkState, RoomEvent, SessionState, Slot } from "./events.ts";
import { Mesh } from "./mesh.ts";
import { OwnPresence } from "./own_presence.ts";
import { RoomProgress } from "./room_progress.ts";
import { SignalingClient, type SignalingEvent } from "./signaling_client.ts";

/** `url`: the WebSocket address. The rest are outside facts; the browser's own by default. */
export interface RoomSessionOptions extends Partial<Environment> {
  readonly url: string;
}

/** Length of a ref that needs no sender to be unique; see Environment.randomId. */
const uniqueRef = 32;
/** Lines remembered to recognise a second copy; more than a resume can bring. */
const seenMost = 2 * limits.recentChatLines;

/** One person's presence in one room. Usable again after a leave. */
export class RoomSession {
  readonly #url: string;
  readonly #environment: Environment;
  readonly #events = new Emitter<RoomEvent>();
  readonly #mesh: Mesh;
  readonly #presence: OwnPresence;
  readonly #seen = new Set<string>();
  #state: SessionState = { kind: "idle" };
  #client: SignalingClient | undefined;
  #outbox: ChatOutbox;
  readonly #progress = new RoomProgress();
  #microphone: MediaStreamTrack | null = null;
  #muted = false;
  #stopHiding = () => {};

  constructor({ url, ...facts }: RoomSessionOptions) {
    this.#url = url;
    this.#environment = environment(facts);
    this.#mesh = new Mesh({
      environment: this.#environment,
      send: (to, signal) => void this.#client?.send({ type: "signal", to, signal }),
      emit: (event) => this.#events.emit(event),
    });
    this.#presence = new OwnPresence({
      send: (message) => this.#client?.send(message) ?? false,
      changed: () => this.#events.emit({ type: "self", name: this.name, state: this.selfState }),
    });
    this.#outbox = this.#newOutbox();
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

  /** Enters `room`; from another room it is a move. Throws for names that protocol/names.ts refuses. */
  join(
    { room: wishedRoom, name: wishedName }: { readonly room: string; readonly name: string },
  ): void {
    const room = roomName(wishedRoom);
    if (room === undefined) throw new RangeError(`cannot join: "${wishedRoom}" is no room name`);
    const name = checkedName(wishedName);
    if (this.#client !== undefined) {
      if (this.#room() === room) return this.#presence.rename(name);
      this.leave();
    }
    this.#presence.rename(name);
    this.#client = new SignalingClient({
      url: this.#url,
      environment: this.#environment,
      hello: () => this.#hello(room),
      emit: (event) => this.#take(event),
    });
    this.#stopHiding = this.#environment.page.onHide(() => this.leave());
    this.#become({ kind: "joining", room });
    // Undefined again if a listener has left already.
    this.#client?.start();
  }

  /** At once and for good: says goodbye, closes every link. */
  leave(): void {
    this.#end("left");
  }

  /** Returns the line's ref, or undefined outside a room and for a text that none takes (empty, too long). Lines wait while the socket is away. */
  sendChat(text: string): string | undefined {
    if (this.#client === undefined) return undefined;
    if (text.trim() === "" || codePoints(text) > limits.chatText || !text.isWellFormed()) {
      return undefined;
    }
    const ref = this.#environment.randomId();
    this.#events.emit({
      type: "chat-waiting",
      ref,
      text,
      at: this.#environment.clock.date(),
    });
    this.#outbox.add(ref, text);
    return ref;
  }

  /** What the others get in `slot` from now on. Works before joining too. The track stays the caller's to stop. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    if (slot === "microphone") {
      this.#microphone = track;
      if (track !== null) track.enabled = !this.#muted;
    }
    this.#mesh.setTrack(slot, track);
    if (slot === "microphone") this.#tellMicrophone();
    else if (slot !== "screen-audio") this.#presence.change({ [slot]: track !== null });
  }

  /** A muted microphone keeps its track and its sender, but the track is disabled and `selfState.microphone` is false. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#microphone !== null) this.#microphone.enabled = !muted;
    this.#tellMicrophone();
  }

  setHand(raised: boolean): void {
    this.#presence.change({ hand: raised });
  }

  /** Throws for a name that protocol/names.ts refuses. */
  rename(name: string): void {
    this.#presence.rename(checkedName(name));
  }

  /** Tries a failed link again, with a new connection. */
  retryLink(peerId: PeerId): void {
    this.#mesh.retry(peerId);
  }

  /** The connection's statistics; undefined when there is none. */
  statsOf(peerId: PeerId): Promise<RTCStatsReport | undefined> {
    return this.#mesh.statsOf(peerId);
  }

  /** Leaves and forgets every listener. */
  close(): void {
    this.leave();
    this.#events.clear();
  }

  #take(event: SignalingEvent): void {
    switch (event.type) {
      case "message":
        return this.#hear(event.message);
      case "lost":
        return this.#lost();
      case "ended":
        return this.#end(event.reason);
      default:
        return event satisfies never;
    }
  }

  /** A join that says how far one has followed the room. */
  #hello(room: string): Join {
    const { followed } = this.#progress;
    const join = { type: "join", room, ...this.#presence.introduce() } as const;
    return followed === undefined ? join : { ...join, followed };
  }

  #hear(message: ServerMessage): void {
    // Something was left out for a slow reader: a join of the same room brings the whole again.
    if (this.#progress.hear(message) && this.#state.kind === "joined") {
      this.#client?.send(this.#hello(this.#state.room));
    }
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
        return this.#line(message.line);
      case "error":
        return this.#refused(message);
      case "ice-servers":
        return this.#mesh.configure(message.iceServers);
      case "peer-report":
      case "tick":
        return;
      default:
        return message satisfies never;
    }
  }

  #welcomed(welcome: Welcome): void {
    this.#mesh.welcome(welcome, { sameLife: this.#progress.isSameLife(welcome) });
    this.#progress.welcomed(welcome);
    if (welcome.gap) this.#events.emit({ type: "chat-gap" });
    for (const line of welcome.missed) this.#line(line);
    const { room, peerId: selfId, capacity } = welcome;
    this.#become({ kind: "joined", room, selfId, capacity });
    this.#presence.welcomed(welcome);
    this.#outbox.begin();
  }

  #lost(): void {
    if (this.#state.kind !== "joined") return;
    const { room, selfId } = this.#state;
    this.#become({ kind: "reconnecting", room, selfId, since: this.#environment.clock.now() });
  }

  #line(line: ChatLine): void {
    const own = this.#outbox.confirm(line.ref);
    // Our clients' refs are unique in the world, so a line said again by a peer that came back under another id is
    // known too; shorter ones are a SkyRTC page's, counted per sender.
    const key = line.ref.length >= uniqueRef ? line.ref : `${line.from} ${line.ref}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > seenMost && oldest !== undefined) this.#seen.delete(oldest);
    this.#events.emit({ type: "chat", line, own });
  }

  #refused({ code, message, about }: ErrorReply): void {
    if (about !== undefined && code === "rate" && this.#outbox.hold(about)) return;
    if (about !== undefined && this.#outbox.refuse(about)) {
      return this.#events.emit({ type: "chat-refused", ref: about, code });
    }
    // A signal that met its peer leaving; the roster says so a moment later.
    if (code === "no-such-peer") return;
    this.#events.emit({ type: "refused", code, message });
  }

  #end(reason: LeftReason): void {
    const room = this.#room();
    if (this.#client === undefined || room === undefined) return;
    this.#client.close();
    this.#client = undefined;
    this.#stopHiding();
    this.#mesh.clear();
    this.#outbox.close();
    this.#outbox = this.#newOutbox();
    this.#seen.clear();
    this.#progress.clear();
    this.#become({ kind: "left", room, reason });
  }

  #room(): string | undefined {
    return this.#state.kind === "idle" ? undefined : this.#state.room;
  }

  #newOutbox(): ChatOutbox {
    return new ChatOutbox({
      clock: this.#environment.clock,
      send: (line) => this.#client?.send({ type: "chat", ...line }) ?? false,
    });
  }

  #tellMicrophone(): void {
    this.#presence.change({ microphone: this.#microphone !== null && !this.#muted });
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#events.emit({ type: "state", state });
  }
}

function checkedName(wished: string): string {
  const name = personName(wished);
  if (name === undefined) throw new RangeError(`"${wished}" is no name a person can have here`);
  return name;
}
