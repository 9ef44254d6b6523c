/**
 * A room of a Parley server without pictures: who is there, what is written, and signals for connections of your own.
 * Messages of the server come as it says them; docs/protocol.md describes each.
 */

/** The part of a WebSocket that is used: the browser's, Node's, Deno's and that of the package `ws` have it. */
export interface Socket {
  readonly readyState: number;
  readonly protocol: string;
  // deno-lint-ignore no-explicit-any -- each implementation has events of its own
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

export interface RoomClientOptions {
  /** The address of the server's home page, base path included: "https://talk.example.org". */
  readonly server: string;
  /** By default the global one; where there is none, in Node 20 and 21, the one in this package. */
  readonly WebSocket?: SocketClass;
}

/** What may open a door. `password` is only said if there is one. */
export interface Credentials {
  readonly password?: string;
  /** From an invite link. */
  readonly invite?: string;
  /** From an owner's link, or from an `owner-key` event of an earlier visit. */
  readonly ownerKey?: string;
}

/** Where to, as whom, and what is shown at the door. */
export interface Visit {
  readonly room: string;
  readonly name: string;
  readonly credentials?: Credentials;
}

/** What a peer says of itself; slots that carry something, and a raised hand. */
export interface PeerState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
}

/** Public, random, and the same for as long as its owner is in the room. */
export type PeerId = string;

/** Somebody else in the room. */
export interface Peer {
  readonly peerId: PeerId;
  readonly name: string;
  /** `skyrtc` pages know neither rollback nor peer state. */
  readonly dialect: "parley" | "skyrtc";
  readonly state: PeerState;
  /** Its connection is lost, and its time to come back not over. */
  readonly away: boolean;
}

/** An SDP offer or answer. `exchange` numbers the offers of one side; the answer repeats the number of its offer. */
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
 * One description or candidate, relayed unread from peer to peer. Several candidates come together only to a peer whose
 * descriptions hold the line `a=parley-candidates`.
 */
export type Signal =
  | { readonly kind: "description"; readonly description: Description }
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] };

/** As RTCIceServer. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One line of chat. A changed line is told again, whole: `ref` says which it is. */
export interface ChatLine {
  /** The revision of the room it made. A private line makes none: then that of the room when it was said. */
  readonly id: number;
  /** The sender's own mark, by which everybody knows the line. */
  readonly ref: string;
  readonly from: PeerId;
  readonly name: string;
  /** Null: taken back by its author. */
  readonly text: string | null;
  /** Server time, ms since the epoch. */
  readonly at: number;
  /** The one person besides its author who gets it; absent: everybody does. */
  readonly to?: { readonly peerId: PeerId; readonly name: string };
  /** The `ref` of the line it answers. */
  readonly answers?: string;
  /** The revision of the room when it was last changed; absent: never was. */
  readonly changed?: number;
}

/** To whom a line is said, if not to everybody, and the `ref` of the line it answers. */
export interface ChatAddress {
  readonly to?: PeerId;
  readonly answers?: string;
}

/** What is shown to everybody for some seconds. */
export type Reaction =
  | "thumbs-up"
  | "applause"
  | "heart"
  | "laughter"
  | "surprise"
  | "celebration";

/** Why the server ended a connection for good. */
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
  | "refused"
  | "guesses"
  | "off";

/** Every code an error can carry. */
export type ErrorCode =
  | CloseReason
  | "bad-message"
  | "not-joined"
  | "no-such-peer"
  | "no-such-line"
  | "no-private"
  | "not-owner"
  | "not-allowed"
  | "too-many"
  | "rooms-rate";

/** Where this client is. `since`: ms, `performance.now()`. */
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

/** What one end of a link sees. Figures are null while unknown: `rtt` ms, `loss` per thousand, `kbps` received. */
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

/** An event of the room; its revision is one more than that of the event before. */
interface RoomNews {
  readonly revision: number;
}

/** What the owners have decided, and who of the members they are. */
export interface Rules {
  readonly type: "rules";
  readonly locked: boolean;
  readonly knocking: boolean;
  /** Whether there is one. */
  readonly password: boolean;
  readonly chat: "everyone" | "owners";
  readonly screen: "everyone" | "owners";
  readonly files: "everyone" | "owners";
  readonly capacity: number;
  readonly owners: readonly PeerId[];
}

/** A link that lets its bearers in until `expires`, ms since the epoch. */
export interface Invite {
  readonly inviteId: number;
  readonly role: "member" | "owner";
  readonly expires: number;
  readonly invite: string;
}

/** Everything that happens, told in order. Later versions may add types: ignore those you do not know. */
export type RoomClientEvent =
  | { readonly type: "state"; readonly state: SessionState }
  /** For all who are there already, before the state becomes `joined`; later ones have just come. */
  | { readonly type: "peer-joined"; readonly peer: Peer }
  | { readonly type: "peer-changed"; readonly peer: Peer }
  | {
    readonly type: "peer-left";
    readonly peer: Peer;
    readonly reason: "left" | "lost" | "kicked";
  }
  /** A line the server has. `recent`: from before this client came. */
  | {
    readonly type: "chat";
    readonly line: ChatLine;
    readonly own: boolean;
    readonly recent: boolean;
  }
  /** An own line that waits for its echo. `at`: ms since the epoch, own clock. */
  | {
    readonly type: "chat-waiting";
    readonly ref: string;
    readonly text: string;
    readonly at: number;
    readonly to?: PeerId;
    readonly answers?: string;
  }
  | { readonly type: "chat-changing"; readonly ref: string; readonly text: string | null }
  /** A line as its author has changed it. */
  | { readonly type: "chat-changed"; readonly line: ChatLine }
  /** Lines were said while this client was away that nobody keeps; those that are kept follow. */
  | { readonly type: "chat-gap" }
  /** An own line will not be taken. */
  | { readonly type: "chat-refused"; readonly ref: string; readonly code: ErrorCode }
  | { readonly type: "signal"; readonly from: PeerId; readonly signal: Signal }
  | { readonly type: "ice-servers"; readonly iceServers: readonly IceServer[] }
  | { readonly type: "peer-away"; readonly peerId: PeerId } & RoomNews
  | { readonly type: "peer-back"; readonly peerId: PeerId } & RoomNews
  /** Whose hands are up, the longest first. */
  | { readonly type: "hands"; readonly peerIds: readonly PeerId[] }
  | { readonly type: "reaction"; readonly peerId: PeerId; readonly reaction: Reaction }
  /** What another peer sees of its links; replaces its report before. */
  | {
    readonly type: "peer-report";
    readonly peerId: PeerId;
    readonly links: readonly LinkReport[];
  }
  | Rules
  /** To be kept and shown at the next visit: this client is an owner. */
  | { readonly type: "owner-key"; readonly key: string }
  /** The join waits for an owner's word; `heard`: there is one to hear it. */
  | { readonly type: "knocking"; readonly heard: boolean }
  /** To owners: who waits at the door. */
  | {
    readonly type: "knocks";
    readonly knocks: readonly { readonly knockId: string; readonly name: string }[];
  }
  /** To owners: the invites that are good now. */
  | { readonly type: "invites"; readonly invites: readonly Invite[] }
  /** An owner asks everybody else to be silent. */
  | { readonly type: "mute-request"; readonly from: PeerId }
  /** `message`: English, for developers. `about`: the chat line or peer it is about. */
  | {
    readonly type: "error";
    readonly code: ErrorCode;
    readonly message: string;
    readonly about?: string;
  };

/** One presence in one room. Usable again after a leave. */
export class RoomClient {
  /** Throws a TypeError for a `server` that is no address, and where there is no WebSocket. */
  constructor(options: RoomClientOptions);

  readonly state: SessionState;
  /** The others, in join order. */
  readonly peers: readonly Peer[];
  /** What an RTCPeerConnection here should be configured with; an `ice-servers` event tells of newer ones. */
  readonly iceServers: readonly IceServer[];

  /** Calls the listener with each event in order; returns the undo. */
  subscribe(listener: (event: RoomClientEvent) => void): () => void;
  /** Enters a room; from another one it is a move. Throws a RangeError for names that no room or person can have. */
  join(visit: Visit): void;
  /** At once and for good; `join()` may follow. */
  leave(): void;
  /** Writes a line, and repeats it after a loss until the server has it. Undefined: a text that no room takes. */
  chat(text: string, address?: ChatAddress): string | undefined;
  /** To one peer; false while there is no session. */
  signal(to: PeerId, signal: Signal): boolean;
  /** What the others are told of this client's devices and hand. */
  setState(part: Partial<PeerState>): void;
  /** Throws a RangeError for a name that no person can have. */
  rename(name: string): void;
  /** False while there is no session. */
  react(reaction: Reaction): boolean;
}
