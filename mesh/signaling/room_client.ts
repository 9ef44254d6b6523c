/**
 * A room without pictures: who is there, what is written, and signals for connections of one's own. Built as one file for
 * programs of others, `/parley-client.js`, and as an npm package (scripts/client.ts); docs/client.md is the manual of both,
 * scripts/client/index.d.ts has the types. Needs no page: it runs in Deno and Node too.
 * Invariants:
 * 1 `state` is the only truth about where one is, and every change of it is one event.
 * 2 The roster is told by `peer-joined` and `peer-left` alone, also what changed in it while the socket was away.
 * 3 Each chat line is told once, whatever was sent again after a loss.
 */
import type {
  Peer,
  PeerId,
  PeerState,
  Reaction,
  ServerMessage,
  Signal,
  Welcome,
} from "../../protocol/mod.ts";
import { roomName } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import { type OpenSocket, type Platform, platform } from "../platform.ts";
import type { LeftReason, RoomEvent, SessionState } from "../events.ts";
import { checkedName, OwnPresence } from "./own_presence.ts";
import { Resync } from "./resync.ts";
import { type ChatAddress, RoomChat } from "./room_chat.ts";
import { RoomOwners, type Visit } from "./room_owners.ts";
import { RoomProgress } from "./room_progress.ts";
import { SignalingClient, type SignalingEvent } from "./signaling_client.ts";

/** What the server says and this client does not keep to itself. */
type Heard = Exclude<
  ServerMessage,
  { type: "welcome" | "tick" | "chat" | "peer-joined" | "peer-left" | "peer-changed" }
>;

/** Everything that happens, told in order. Messages of the server are as docs/protocol.md describes them. */
export type RoomClientEvent =
  | Extract<
    RoomEvent,
    { type: "state" | "peer-joined" | "peer-left" | "peer-changed" | `chat${string}` }
  >
  | Heard;

/** Opens a socket, as the global `WebSocket` does. */
export type SocketClass = new (url: string, subprotocols: string[]) => WebSocket;

/**
 * `server`: the address of its home page, base path included. `WebSocket`: by default the global one. The rest are outside
 * facts, the platform's own by default.
 */
export interface RoomClientOptions extends Partial<Platform> {
  readonly server: string;
  readonly WebSocket?: SocketClass;
}

/** One presence in one room. Usable again after a leave. */
export class RoomClient {
  readonly #url: string;
  readonly #environment: Platform;
  readonly #events = new Emitter<RoomClientEvent>();
  readonly #presence: OwnPresence;
  readonly #owners = new RoomOwners();
  readonly #progress = new RoomProgress();
  readonly #peers = new Map<PeerId, Peer>();
  readonly #resync: Resync;
  #client: SignalingClient | undefined;
  #chat: RoomChat;
  #state: SessionState = { kind: "idle" };
  #iceServers: Welcome["iceServers"] = [];
  #unwatch = () => {};

  /** Throws a TypeError for a `server` that is no address, and where there is no WebSocket. */
  constructor({ server, WebSocket = globalThis.WebSocket, ...facts }: RoomClientOptions) {
    this.#url = socketAddress(server);
    this.#environment = platform({ ...facts, openSocket: facts.openSocket ?? opener(WebSocket) });
    this.#presence = new OwnPresence({
      send: (message) => this.#client?.send(message) ?? false,
      changed: () => {},
    });
    this.#chat = this.#newChat();
    this.#resync = new Resync(this.#environment.clock, () =>
      this.#state.kind === "joined" &&
      (this.#client?.send(this.#hello(this.#state.room)) ?? false));
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The others, in join order. */
  get peers(): readonly Peer[] {
    return [...this.#peers.values()];
  }

  /** What an RTCPeerConnection here should be configured with; an `ice-servers` event tells of newer ones. */
  get iceServers(): Welcome["iceServers"] {
    return this.#iceServers;
  }

  /** Returns the undo. */
  subscribe(listener: (event: RoomClientEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Enters a room; from another one it is a move. Throws a RangeError for names that no room or person can have. */
  join({ room: wishedRoom, name, credentials = {} }: Visit): void {
    const room = roomName(wishedRoom);
    if (room === undefined) throw new RangeError(`"${wishedRoom}" is no room name`);
    const checked = checkedName(name);
    this.leave();
    this.#presence.rename(checked);
    this.#owners.show(credentials);
    this.#client = new SignalingClient({
      url: this.#url,
      environment: this.#environment,
      hello: () => this.#hello(room),
      emit: (event) => this.#take(event),
    });
    this.#unwatch = this.#environment.page.onHide(() => this.leave());
    this.#become({ kind: "joining", room });
    this.#client?.start();
  }

  /** At once and for good. */
  leave(): void {
    this.#end("left");
  }

  /** Returns the line's ref, or undefined outside a room and for a text that none takes. Waits while the socket is away. */
  chat(text: string, address: ChatAddress = {}): string | undefined {
    return this.#client === undefined ? undefined : this.#chat.say(text, address);
  }

  /** To one peer; false while nobody could be told. */
  signal(to: PeerId, signal: Signal): boolean {
    return this.#client?.send({ type: "signal", to, signal }) ?? false;
  }

  /** What the others are told of one's devices and hand. */
  setState(part: Partial<PeerState>): void {
    this.#presence.change(part);
  }

  /** Throws a RangeError for a name that no person can have. */
  rename(name: string): void {
    this.#presence.rename(name);
  }

  /** False while nobody could be told. */
  react(reaction: Reaction): boolean {
    return this.#client?.send({ type: "react", reaction }) ?? false;
  }

  #hello(room: string) {
    const { followed } = this.#progress;
    const hello = { type: "join", room, ...this.#presence.introduce() } as const;
    return { ...hello, ...this.#owners.credentials, ...followed && { followed } };
  }

  #take(event: SignalingEvent): void {
    if (event.type === "ended") return this.#end(event.reason);
    if (event.type === "message") return this.#hear(event.message);
    if (this.#state.kind !== "joined") return;
    const { room, selfId } = this.#state;
    this.#become({ kind: "reconnecting", room, selfId, since: this.#environment.clock.now() });
  }

  #hear(message: ServerMessage): void {
    if (this.#progress.hear(message)) this.#resync.want();
    switch (message.type) {
      case "welcome":
        return this.#welcomed(message);
      case "tick":
        return;
      case "chat":
        return this.#chat.take(message.line);
      case "peer-joined":
        return this.#joined(message.peer);
      case "peer-left":
        return this.#left(message.peerId, message.reason);
      case "peer-changed": {
        const before = this.#peers.get(message.peerId);
        if (before === undefined) return;
        const { name, state } = message;
        const peer = { ...before, name, state };
        this.#peers.set(message.peerId, peer);
        return this.#events.emit({ type: "peer-changed", peer });
      }
      case "error":
        if (this.#chat.refused(message)) return;
        break;
      case "ice-servers":
        this.#iceServers = message.iceServers;
        break;
      case "owner-key":
        this.#owners.hear(message);
        break;
    }
    this.#events.emit(message);
  }

  #welcomed(welcome: Welcome): void {
    const { room, peerId: selfId, capacity, roster } = welcome;
    this.#progress.welcomed(welcome);
    this.#iceServers = welcome.iceServers;
    const here = new Set(roster.map(({ peerId }) => peerId));
    for (const peerId of [...this.#peers.keys()]) {
      if (!here.has(peerId)) this.#left(peerId, "lost");
    }
    for (const peer of roster) this.#joined(peer);
    if (welcome.gap) this.#events.emit({ type: "chat-gap" });
    this.#chat.welcomed(selfId);
    for (const line of welcome.missed) this.#chat.take(line);
    for (const line of welcome.recent) this.#chat.take(line, { recent: true });
    const back = this.#state.kind !== "joined";
    this.#become({ kind: "joined", room, selfId, capacity });
    this.#presence.welcomed(welcome);
    if (back) this.#chat.begin();
  }

  #joined(peer: Peer): void {
    const known = this.#peers.has(peer.peerId);
    this.#peers.set(peer.peerId, peer);
    this.#events.emit({ type: known ? "peer-changed" : "peer-joined", peer });
  }

  #left(peerId: PeerId, reason: "left" | "lost" | "kicked"): void {
    const peer = this.#peers.get(peerId);
    if (peer === undefined) return;
    this.#peers.delete(peerId);
    this.#events.emit({ type: "peer-left", peer, reason });
  }

  #end(reason: LeftReason): void {
    if (this.#client === undefined || this.#state.kind === "idle") return;
    const { room } = this.#state;
    this.#client.close();
    this.#client = undefined;
    this.#unwatch();
    this.#peers.clear();
    this.#chat.close();
    this.#chat = this.#newChat();
    this.#resync.cancel();
    this.#progress.clear();
    this.#owners.clear();
    this.#become({ kind: "left", room, reason });
  }

  #newChat(): RoomChat {
    return new RoomChat({
      environment: this.#environment,
      send: (words) => this.#client?.send(words) ?? false,
      emit: (event) => {
        // A chat tells of nothing else, but shares the events of a whole session.
        if (isOfChat(event)) this.#events.emit(event);
      },
    });
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#events.emit({ type: "state", state });
  }
}

function isOfChat(event: RoomEvent): event is Extract<RoomEvent, { type: `chat${string}` }> {
  return event.type.startsWith("chat");
}

function opener(WebSocket: SocketClass | undefined): OpenSocket {
  if (typeof WebSocket !== "function") {
    throw new TypeError("no WebSocket here: pass one, new RoomClient({ server, WebSocket })");
  }
  return (url, subprotocols) => {
    // Some join what they offer by "," alone, which Deno's server cannot split; the last one every server knows.
    const offered = WebSocket === globalThis.WebSocket ? subprotocols : subprotocols.slice(-1);
    const socket = new WebSocket(url, offered);
    // A loss is told by its close; some implementations end the program for an error that nobody listens to.
    socket.onerror = () => {};
    return socket;
  };
}

/** "https://talk.example.org/parley" → "wss://talk.example.org/parley/ws". */
function socketAddress(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^(http|ws)s?:$/.test(url.protocol)) {
    throw new TypeError(`server "${server}": want an address like "https://talk.example.org"`);
  }
  url.protocol = url.protocol.replace("http", "ws");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/ws`;
  url.search = url.hash = "";
  return url.href;
}
