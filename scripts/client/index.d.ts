/**
 * A room of a Parley server without media: members, chat, and signals for your own connections.
 * Events carry the server's messages unchanged; docs/protocol.md describes each.
 */

/** The part of a WebSocket that the client uses; browsers, Node, Deno and `ws` have it. */
export interface Socket {
  readonly readyState: number;
  readonly protocol: string;
  // deno-lint-ignore no-explicit-any -- each implementation has other event types
  onopen: ((event: any) => unknown) | null;
  // deno-lint-ignore no-explicit-any
  onmessage: ((event: any) => unknown) | null;
  // deno-lint-ignore no-explicit-any
  onclose: ((event: any) => unknown) | null;
  // deno-lint-ignore no-explicit-any
  onerror: ((event: any) => unknown) | null;
  send(frame: string): void;
  close(): void;
}

/** Opens a socket, as the global `WebSocket` does. */
export type SocketClass = new (url: string, subprotocols: string[]) => Socket;

/** Options of `new RoomClient()`. */
export interface RoomClientOptions {
  /** The address of the server's home page, base path included: "https://talk.example.org". */
  readonly server: string;
  /** By default the global one; in Node 20 and 21, which have none, the one in this package. */
  readonly WebSocket?: SocketClass;
  /**
   * Of the certificate that all connections of the program have, as in SDP: "sha-256 AA:BB:…".
   * Without it the members of a sealed room accept no descriptions from the program.
   */
  readonly fingerprint?: string;
}

/** How far a peer can be trusted. */
export type Trust =
  /** The room is open: its server could be in between. */
  | { readonly kind: "open" }
  /** Its keys are being checked. */
  | { readonly kind: "checking" }
  | {
    readonly kind: "unverified";
    readonly doubt: "no-hello" | "wrong-secret" | "unconfirmed";
  }
  | { readonly kind: "verified" }
  /** Something happened that nobody honest does. */
  | {
    readonly kind: "alarm";
    readonly alarm: "altered" | "replayed" | "withheld" | "unsealed" | "fingerprint";
  };

/** What may admit a client to a closed room. */
export interface Credentials {
  readonly password?: string;
  /** From an invite link. */
  readonly invite?: string;
  /** From an owner's link, or from an `owner-key` event of an earlier visit. */
  readonly ownerKey?: string;
}

/** The room to join, the name to show, and the credentials. */
export interface Visit {
  readonly room: string;
  readonly name: string;
  readonly credentials?: Credentials;
  /** The part after `#k=` of a sealed room's link; absent: the room is open. */
  readonly secret?: string | undefined;
}

/** What a peer reports about itself: which media it sends, and whether its hand is raised. */
export interface PeerState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
}

/** Public and random; it stays the same while the peer is in the room. */
export type PeerId = string;

/** Another member of the room. */
export interface Peer {
  readonly peerId: PeerId;
  readonly name: string;
  /** `skyrtc` pages support neither rollback nor peer state. */
  readonly dialect: "parley" | "skyrtc";
  readonly state: PeerState;
  /** Whether its connection is lost and it may still come back. */
  readonly away: boolean;
}

/** An SDP offer or answer. `exchange`: the number of the offer; the answer repeats it. */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
  readonly exchange?: number;
}

/** As RTCIceCandidateInit; an empty `candidate` ends the candidates. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/**
 * One description or candidate, relayed unread from peer to peer. Only a peer whose descriptions
 * hold the line `a=parley-candidates` gets several candidates together.
 */
export type OpenSignal =
  | { readonly kind: "description"; readonly description: Description }
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] };

/** As RTCIceServer. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One line of chat. A changed line is sent again, whole, with the same `ref`. */
export interface ChatLine {
  /** The revision of the room after this line; a private line does not raise it. */
  readonly id: number;
  /** The id that the sender gave the line; the same for everybody. */
  readonly ref: string;
  readonly from: PeerId;
  readonly name: string;
  /** Null: deleted by its author. */
  readonly text: string | null;
  /** Server time, ms since the epoch. */
  readonly at: number;
  /** The only receiver besides the author; absent: everybody. */
  readonly to?: { readonly peerId: PeerId; readonly name: string };
  /** The `ref` of the line it answers. */
  readonly answers?: string;
  /** The revision of the room at the last change; absent: never changed. */
  readonly changed?: number;
}

/** The receiver of a private line, and the `ref` of the line it answers. */
export interface ChatAddress {
  readonly to?: PeerId;
  readonly answers?: string;
}

/** A reaction that everybody sees for some seconds. */
export type Reaction =
  | "thumbs-up"
  | "applause"
  | "heart"
  | "laughter"
  | "surprise"
  | "celebration";

/** Why the server closed a connection for good. */
export type CloseReason =
  | "left"
  | "going-away"
  | "framing"
  | "binary"
  | "utf8"
  | "flood"
  | "too-big"
  | "internal"
  | "restart"
  | "overload"
  | "join-late"
  | "slow"
  | "rate"
  | "state-gap"
  | "bad-messages"
  | "replaced"
  | "kicked"
  | "banned"
  | "full"
  | "locked"
  | "password"
  | "version"
  | "closed"
  | "sealed"
  | "unsealed"
  | "link-changed"
  | "refused"
  | "guesses"
  | "off";

/** Every code of an `error` event. */
export type ErrorCode =
  | CloseReason
  | "bad-message"
  | "not-joined"
  | "no-such-peer"
  | "no-such-line"
  | "no-private"
  | "door"
  | "not-owner"
  | "not-allowed"
  | "door"
  | "too-many"
  | "rooms-rate";

/** The state of this client. `since`: ms, `performance.now()`. */
export type SessionState =
  | { readonly kind: "idle" }
  | { readonly kind: "joining"; readonly room: string }
  | {
    readonly kind: "joined";
    readonly room: string;
    readonly selfId: PeerId;
    readonly capacity: number;
  }
  | {
    readonly kind: "reconnecting";
    readonly room: string;
    readonly selfId: PeerId;
    readonly since: number;
  }
  | { readonly kind: "left"; readonly room: string; readonly reason: CloseReason };

/** One end's view of a link. Null: unknown. `rtt` in ms, `loss` per thousand, `kbps` received. */
export interface LinkReport {
  readonly peerId: PeerId;
  readonly state: "connecting" | "connected" | "reconnecting" | "failed";
  readonly path: "unknown" | "direct" | "relayed";
  readonly protocol: "unknown" | "udp" | "tcp" | "tls";
  readonly rtt: number | null;
  readonly loss: number | null;
  readonly kbps: number | null;
  readonly cause: "no-answer" | "no-relay" | "no-path" | "relay-unreachable" | "broken" | null;
}

/** An event of the room; each raises the revision by one. */
interface RoomNews {
  readonly revision: number;
}

/** The rules of the room, and which members are owners. */
export interface Rules {
  readonly type: "rules";
  readonly locked: boolean;
  readonly knocking: boolean;
  /** Whether the room has a password. */
  readonly password: boolean;
  readonly chat: "everyone" | "owners";
  readonly screen: "everyone" | "owners";
  readonly files: "everyone" | "owners";
  readonly capacity: number;
  readonly owners: readonly PeerId[];
}

/** A link that admits its bearers until `expires`, ms since the epoch. */
export interface Invite {
  readonly inviteId: number;
  readonly role: "member" | "owner";
  readonly expires: number;
  readonly invite: string;
}

/** All events, in order. Later versions may add types: ignore unknown ones. */
export type RoomClientEvent =
  | { readonly type: "state"; readonly state: SessionState }
  /** Sent for all members before the state becomes `joined`; later ones have just joined. */
  | { readonly type: "peer-joined"; readonly peer: Peer }
  | { readonly type: "peer-changed"; readonly peer: Peer }
  | {
    readonly type: "peer-left";
    readonly peer: Peer;
    readonly reason: "left" | "lost" | "kicked";
  }
  /** A line that the server has accepted. `recent`: sent before this client joined. */
  | {
    readonly type: "chat";
    readonly line: ChatLine;
    readonly own: boolean;
    readonly recent: boolean;
  }
  /** An own line that the server has not confirmed. `at`: ms since the epoch, local clock. */
  | {
    readonly type: "chat-waiting";
    readonly ref: string;
    readonly text: string;
    readonly at: number;
    readonly to?: PeerId;
    readonly answers?: string;
  }
  | { readonly type: "chat-changing"; readonly ref: string; readonly text: string | null }
  /** A line after its author changed it. */
  | { readonly type: "chat-changed"; readonly line: ChatLine }
  /** Some lines sent while this client was away are lost; those that the server kept follow. */
  | { readonly type: "chat-gap" }
  /** Lines of a member that the server has kept back. */
  | {
    readonly type: "chat-missing";
    readonly from: PeerId;
    readonly name: string;
    readonly count: number;
  }
  /** The server rejected an own line. */
  | { readonly type: "chat-refused"; readonly ref: string; readonly code: ErrorCode }
  | { readonly type: "signal"; readonly from: PeerId; readonly signal: OpenSignal }
  | { readonly type: "ice-servers"; readonly iceServers: readonly IceServer[] }
  | { readonly type: "peer-away"; readonly peerId: PeerId } & RoomNews
  | { readonly type: "peer-back"; readonly peerId: PeerId } & RoomNews
  /** The peers with raised hands, the longest first. */
  | { readonly type: "hands"; readonly peerIds: readonly PeerId[] }
  | { readonly type: "reaction"; readonly peerId: PeerId; readonly reaction: Reaction }
  /** Another peer's report about its links; replaces its last one. */
  | {
    readonly type: "peer-report";
    readonly peerId: PeerId;
    readonly links: readonly LinkReport[];
  }
  | Rules
  /** This client is an owner; keep the key and pass it at the next visit. */
  | { readonly type: "owner-key"; readonly key: string }
  /** The join waits for an owner to admit it; `heard`: an owner is in the room. */
  | { readonly type: "knocking"; readonly heard: boolean }
  /** To owners: who waits to be admitted. */
  | {
    readonly type: "knocks";
    readonly knocks: readonly { readonly knockId: string; readonly name: string }[];
  }
  /** To owners: the valid invites. */
  | { readonly type: "invites"; readonly invites: readonly Invite[] }
  /** An owner asks everybody else to mute. */
  | { readonly type: "mute-request"; readonly from: PeerId }
  /** How far a peer can be trusted has changed. */
  | { readonly type: "trust"; readonly peerId: PeerId; readonly trust: Trust }
  /** The secret of the room's link; `by`: the owner who has changed it. */
  | { readonly type: "secret"; readonly secret: string | undefined; readonly by?: PeerId }
  /** `message`: English, for developers. `about`: the chat line or peer it is about. */
  | {
    readonly type: "error";
    readonly code: ErrorCode;
    readonly message: string;
    readonly about?: string;
  };

/** One membership in one room. It can join again after `leave()`. */
export class RoomClient {
  /** Throws a TypeError if `server` is not a URL, or if there is no WebSocket. */
  constructor(options: RoomClientOptions);

  readonly state: SessionState;
  /** The others, in join order. */
  readonly peers: readonly Peer[];
  /** How far a peer can be trusted: `verified` in a sealed room, `open` in others. */
  trustOf(peerId: PeerId): Trust;
  /** For `new RTCPeerConnection()`; an `ice-servers` event announces newer ones. */
  readonly iceServers: readonly IceServer[];

  /** Calls the listener with each event, in order; returns a function that unsubscribes it. */
  subscribe(listener: (event: RoomClientEvent) => void): () => void;
  /**
   * Joins a room, and leaves another one first. For the same room it keeps the socket, changes the
   * name and shows the credentials. Throws a RangeError for an invalid room or name.
   */
  join(visit: Visit): void;
  /** Leaves at once; `join()` may follow. */
  leave(): void;
  /** Sends a line, again after a lost connection; returns its `ref`. Undefined: an invalid text. */
  chat(text: string, address?: ChatAddress): string | undefined;
  /** Sends a signal to one peer; false while there is no session. */
  signal(to: PeerId, signal: OpenSignal): boolean;
  /** Changes what the others see of this client's devices and hand. */
  setState(part: Partial<PeerState>): void;
  /** Changes the shown name. Throws a RangeError for an invalid one. */
  rename(name: string): void;
  /** Sends a reaction; false while there is no session. */
  react(reaction: Reaction): boolean;
}
