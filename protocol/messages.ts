/**
 * The words of the wire, both ways: JSON text frames, one object each, a tagged union on `type`.
 * Sender, time and order are stamped by the server; a client cannot say them. The manual is docs/protocol.md.
 */
import type { ErrorCode } from "./codes.ts";
import type { OwnerMessage, OwnerWord } from "./owners.ts";
import type { LinkReport, Peer, PeerId, PeerState } from "./peers.ts";

/** The WebSocket sub-protocol of this version. */
export const SUBPROTOCOL = "parley.v1";

/** An SDP offer or answer. `exchange` numbers the offers of one side; the answer repeats the number of its offer. */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
  readonly exchange?: number;
}

/** RTCIceCandidateInit; an empty `candidate` ends the candidates. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** One description or candidate, relayed unread from peer to peer. */
export type Signal =
  | { readonly kind: "description"; readonly description: Description }
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  /** Several, for a peer whose descriptions say that it takes them; see docs/protocol.md. */
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] };

/** RTCIceServer as JSON. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One line of chat. A changed line is told again, whole: `ref` says which it is, what comes last is the latest. */
export interface ChatLine {
  /** The revision of the room it made. A private line makes none: then that of the room when it was said. */
  readonly id: number;
  /** The sender's own mark, by which it knows its echo and everybody knows the line. */
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

/** How far one has followed a room: `epoch` names one life of the room, `revision` its latest event. */
export interface Followed {
  readonly epoch: number;
  readonly revision: number;
}

/** What one can show without a word; each is a picture over one's tile for some seconds. */
export const reactions = [
  "thumbs-up",
  "applause",
  "heart",
  "laughter",
  "surprise",
  "celebration",
] as const;

/** One of them. */
export type Reaction = typeof reactions[number];

export interface Join {
  readonly type: "join";
  readonly room: string;
  readonly name: string;
  readonly state?: PeerState;
  /** The token of the last welcome, to come back as the same peer. */
  readonly resume?: string;
  /** How far this client has followed the room, for `missed` in the welcome. */
  readonly followed?: Followed;
  /** Makes its bearer an owner: given to the founder of the room, or taken from an owner's link. */
  readonly ownerKey?: string;
  /** From a link that an owner made. */
  readonly invite?: string;
  readonly password?: string;
}
export interface Leave {
  readonly type: "leave";
}
export interface SendSignal {
  readonly type: "signal";
  readonly to: PeerId;
  readonly signal: Signal;
}
export interface SendChat {
  readonly type: "chat";
  readonly ref: string;
  readonly text: string;
  /** Say it to this person alone. */
  readonly to?: PeerId;
  /** The `ref` of the line it answers. */
  readonly answers?: string;
}
/** Changes an own line, or takes it back (null). */
export interface EditChat {
  readonly type: "edit";
  readonly ref: string;
  readonly text: string | null;
}
export interface SetState {
  readonly type: "state";
  readonly state: PeerState;
}
export interface Rename {
  readonly type: "rename";
  readonly name: string;
}
/** Shown to everybody now and kept nowhere. */
export interface React {
  readonly type: "react";
  readonly reaction: Reaction;
}
/** The state of all links of this client; the newest report replaces the last. */
export interface Report {
  readonly type: "report";
  readonly links: readonly LinkReport[];
}
export interface Ping {
  readonly type: "ping";
}
/** Client → server. */
export type ClientMessage =
  | Join
  | Leave
  | SendSignal
  | SendChat
  | EditChat
  | SetState
  | Rename
  | React
  | Report
  | OwnerMessage
  | Ping;

/** The answer to a join: the identity of the client, and the other members. */
export interface Welcome {
  readonly type: "welcome";
  readonly peerId: PeerId;
  readonly room: string;
  readonly name: string;
  /** The others, in join order, without the receiver. */
  readonly roster: readonly Peer[];
  /** True when the server still knew this peer: nobody else was told anything. */
  readonly resumed: boolean;
  readonly resumeToken: string;
  readonly iceServers: readonly IceServer[];
  readonly capacity: number;
  readonly epoch: number;
  /** Of the roster above; the next event has the next one. */
  readonly revision: number;
  /** Lines since `followed`, oldest first; only for former members. */
  readonly missed: readonly ChatLine[];
  /** Earlier lines, oldest first, for a client that follows nothing yet; as far as the room's policy allows. */
  readonly recent: readonly ChatLine[];
  /** Some missed lines are no longer kept. */
  readonly gap: boolean;
  readonly at: number;
}
/** An event of a room. Its revision is one more than that of the event before, for every member alike. */
interface RoomNews {
  readonly revision: number;
}
export interface PeerJoined extends RoomNews {
  readonly type: "peer-joined";
  readonly peer: Peer;
}
export interface PeerLeft extends RoomNews {
  readonly type: "peer-left";
  readonly peerId: PeerId;
  readonly reason: "left" | "lost" | "kicked";
}
/** Told to the changed peer too. */
export interface PeerChanged extends RoomNews {
  readonly type: "peer-changed";
  readonly peerId: PeerId;
  readonly name: string;
  readonly state: PeerState;
}
export interface PeerAway extends RoomNews {
  readonly type: "peer-away";
  readonly peerId: PeerId;
}
/** Told to the returned peer too. */
export interface PeerBack extends RoomNews {
  readonly type: "peer-back";
  readonly peerId: PeerId;
}
export interface SignalFrom {
  readonly type: "signal";
  readonly from: PeerId;
  readonly signal: Signal;
}
/** A new line or a changed one. `line.id` is the revision of one that is public and unchanged; others have none. */
export interface Chat {
  readonly type: "chat";
  readonly line: ChatLine;
}
export interface ErrorReply {
  readonly type: "error";
  readonly code: ErrorCode;
  /** English, for developers; pages translate `code`. */
  readonly message: string;
  /** The chat line or peer it is about. */
  readonly about?: string;
}
/**
 * Whose hands are up, including the receiver, in the order in which the server saw them go up; replaces the list before. Not
 * an event of the room: it follows the change that made it.
 */
export interface Hands {
  readonly type: "hands";
  readonly peerIds: readonly PeerId[];
}
/** Told to the reacting peer too; not an event of the room. */
export interface ReactionFrom {
  readonly type: "reaction";
  readonly peerId: PeerId;
  readonly reaction: Reaction;
}
/** What a peer last reported of its links; not an event of the room. */
export interface PeerReport {
  readonly type: "peer-report";
  readonly peerId: PeerId;
  readonly links: readonly LinkReport[];
}
/** Fresh credentials for the relays, before the old ones expire. */
export interface FreshIceServers {
  readonly type: "ice-servers";
  readonly iceServers: readonly IceServer[];
}
export interface Tick {
  readonly type: "tick";
  readonly at: number;
}
/** Server → client. */
export type ServerMessage =
  | Welcome
  | PeerJoined
  | PeerLeft
  | PeerChanged
  | PeerAway
  | PeerBack
  | SignalFrom
  | Chat
  | Hands
  | ReactionFrom
  | PeerReport
  | OwnerWord
  | FreshIceServers
  | ErrorReply
  | Tick;
