/**
 * The client module for other programs, without media: members, chat, and signals for connections
 * that the program makes. It is built as one file, `/parley-client.js`, and as an npm package
 * (scripts/client.ts). Its manual is docs/client.md, and scripts/client/index.d.ts has its types.
 * It needs no page: it runs in Deno and Node too.
 */
import type {
  OpenSignal,
  OwnershipUpdate,
  Peer,
  PeerId,
  PeerState,
  Reaction,
  Welcome,
} from "../protocol/mod.ts";
import { Emitter } from "./emitter.ts";
import type {
  ChatEvent,
  PassedMessage,
  RoomEvent,
  RosterEvent,
  SessionState,
  Trust,
  TrustEvent,
} from "./events.ts";
import { type OpenSocket, type Platform, platform } from "./platform.ts";
import type { ChatAddress } from "./signaling/room_chat.ts";
import { RoomClient as Membership } from "./signaling/room_client.ts";
import type { Visit } from "./signaling/room_owners.ts";

/**
 * Everything that happens, in order. Messages of the server have the shapes of docs/protocol.md.
 */
export type RoomClientEvent =
  | Extract<RoomEvent, { type: "state" }>
  | RosterEvent
  | ChatEvent
  | OwnershipUpdate
  | PassedMessage
  | Extract<TrustEvent, { type: "trust" | "secret" }>;

/** A class with the constructor and the interface of the global `WebSocket`. */
export type SocketClass = new (url: string, subprotocols: string[]) => WebSocket;

/**
 * `server`: the address of its home page, base path included. `WebSocket`: by default the global
 * one. A test passes the other options; by default they are the platform's.
 */
export interface RoomClientOptions extends Partial<Platform> {
  readonly server: string;
  readonly WebSocket?: SocketClass;
  /**
   * Of the certificate that all connections of the program have, as in SDP: "sha-256 AA:BB:…".
   * Without it the members of a sealed room accept no descriptions from the program.
   */
  readonly fingerprint?: string;
}

/**
 * One membership in one room, behind the interface that docs/client.md promises. It can join again
 * after `leave()`.
 */
export class RoomClient {
  readonly #room: Membership;
  readonly #events = new Emitter<RoomClientEvent>();

  /** Throws a TypeError if `server` is not a URL, or if there is no WebSocket. */
  constructor(options: RoomClientOptions) {
    const { server, WebSocket = globalThis.WebSocket, fingerprint = "", ...facts } = options;
    const openSocket = facts.openSocket ?? opener(WebSocket);
    const createCertificate = () => Promise.resolve({ fingerprint });
    const environment = { ...platform({ ...facts, openSocket }), createCertificate };
    const room = this.#room = new Membership({ url: socketAddress(server), environment });
    const emit = (event: RoomClientEvent) => this.#events.emit(event);
    for (const part of [room.roster, room.chat, room.owners, room.messages]) part.subscribe(emit);
    room.trust.subscribe((event) => {
      if (event.type === "trust" || event.type === "secret") emit(event);
    });
    room.subscribe((event) => {
      // An `error` message says the same as `refused`.
      if (event.type === "state") emit(event);
    });
  }

  /** Where this client is: idle, joining, joined, reconnecting or left. */
  get state(): SessionState {
    return this.#room.state;
  }

  /** The others, in join order. */
  get peers(): readonly Peer[] {
    return this.#room.roster.peers;
  }

  /** How far a peer can be trusted: `verified` in a sealed room, `open` in others. */
  trustOf(peerId: PeerId): Trust {
    return this.#room.trust.of(peerId);
  }

  /** For `new RTCPeerConnection()`; an `ice-servers` event announces newer ones. */
  get iceServers(): Welcome["iceServers"] {
    return this.#room.iceServers;
  }

  /** Calls the listener with each event, in order; returns the undo. */
  subscribe(listener: (event: RoomClientEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /**
   * Joins a room, and leaves another one first. For the same room it keeps the socket, changes the
   * name and shows the credentials. Throws a RangeError for an invalid room or name.
   */
  join(visit: Visit): void {
    this.#room.join(visit);
  }

  /** Leaves at once; `join()` may follow. */
  leave(): void {
    this.#room.leave();
  }

  /**
   * Sends a line, again after a lost connection; returns its `ref`. Undefined: outside a room, or
   * an invalid text.
   */
  chat(text: string, address: ChatAddress = {}): string | undefined {
    return this.#room.chat.send(text, address);
  }

  /** Sends a signal to one peer; false while there is no session. */
  signal(to: PeerId, signal: OpenSignal): boolean {
    return this.#room.send({ type: "signal", to, signal });
  }

  /** Changes what the others see of this client's devices and hand. */
  setState(part: Partial<PeerState>): void {
    this.#room.presence.change(part);
  }

  /** Changes the shown name. Throws a RangeError for an invalid one. */
  rename(name: string): void {
    this.#room.presence.rename(name);
  }

  /** Sends a reaction; false while there is no session. */
  react(reaction: Reaction): boolean {
    return this.#room.send({ type: "react", reaction });
  }
}

function opener(WebSocket: SocketClass | undefined): OpenSocket {
  if (typeof WebSocket !== "function") {
    throw new TypeError(
      "there is no WebSocket here; pass one: new RoomClient({ server, WebSocket })",
    );
  }
  return (url, subprotocols) => {
    // Some classes join the sub-protocols by "," without a space, which Deno's server cannot split;
    // every server knows the last one.
    const offered = WebSocket === globalThis.WebSocket ? subprotocols : subprotocols.slice(-1);
    const socket = new WebSocket(url, offered);
    // The close event reports a loss. Without a listener for errors, some implementations end the
    // program.
    socket.onerror = () => {};
    return socket;
  };
}

/** "https://talk.example.org/parley" → "wss://talk.example.org/parley/ws". */
function socketAddress(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^(http|ws)s?:$/.test(url.protocol)) {
    throw new TypeError(`server "${server}" is not an address like "https://talk.example.org"`);
  }
  url.protocol = url.protocol.replace("http", "ws");
  url.pathname = `${url.pathname.replace(/\/+$/, "")}/ws`;
  url.search = url.hash = "";
  return url.href;
}
