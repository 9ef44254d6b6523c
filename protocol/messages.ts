/**
 * The messages of the native dialect, both ways: each is one JSON text frame, tagged by `type`. The
 * server adds sender, time and order; a client cannot claim them. The manual is docs/protocol.md.
 */
import type { ChatLine } from "./chat_line.ts";
import type { ErrorCode } from "./codes.ts";
import type { MarkMessage } from "./marks.ts";
import type { MoveMessage } from "./moves.ts";
import type { OwnerMessage, OwnershipMessage } from "./owners.ts";
import type { LinkReport, Peer, PeerId, PeerState } from "./peers.ts";
import type { PowerMessage } from "./powers.ts";
import type { SealedJoin, SealedMessage, SealedUpdate } from "./sealed.ts";

/** The WebSocket sub-protocol of this version. */
export const SUBPROTOCOL = "parley.v1";

/**
 * An SDP offer or answer (JSEP, RFC 8829). `exchange` numbers the offers of one side; an answer
 * repeats the number of its offer.
 */
export interface Description {
  readonly type: "offer" | "answer";
  readonly sdp: string;
  readonly exchange?: number;
}

/** RTCIceCandidateInit (W3C webrtc-pc); an empty `candidate` ends the candidates. */
export interface Candidate {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** A description or candidates, as the peers use them. */
export type OpenSignal =
  | { readonly kind: "description"; readonly description: Description }
  | { readonly kind: "candidate"; readonly candidate: Candidate }
  /** Several candidates, for a peer whose descriptions announce support; see docs/protocol.md. */
  | { readonly kind: "candidates"; readonly candidates: readonly Candidate[] };

/** An `OpenSignal`, sealed for the receiver; base64url. */
export interface SealedSignal {
  readonly kind: "sealed";
  readonly body: string;
}

/** What the server relays unread: sealed in a sealed room, open in others. */
export type Signal = OpenSignal | SealedSignal;

/** RTCIceServer (W3C webrtc-pc) as JSON. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/**
 * How far a client has followed a room: the `epoch` of the room, and the `revision` of the latest
 * event it received.
 */
export interface Followed {
  readonly epoch: number;
  readonly revision: number;
}

/** That of a join which names none: everything off, hand down. */
export const silentState: PeerState = {
  microphone: false,
  camera: false,
  screen: false,
  hand: false,
};

/** All reactions. A page shows each over the peer's tile for some seconds. */
export const reactions = [
  "thumbs-up",
  "applause",
  "heart",
  "laughter",
  "surprise",
  "celebration",
] as const;

/** One of the reactions. */
export type Reaction = typeof reactions[number];

/** Joins a room, or rejoins it; the answer is a `welcome`, `knocking` or an error. */
export interface Join {
  readonly type: "join";
  readonly room: string;
  /** Empty in a join with `sealed`, and only there. */
  readonly name: string;
  /** Absent in a join with `sealed`. */
  readonly state?: PeerState;
  /** Joins or opens a sealed room; absent: an open one. */
  readonly sealed?: SealedJoin;
  /** The token of the last welcome, to rejoin as the same peer. */
  readonly resume?: string;
  /** How far this client has followed the room, for `missed` in the welcome. */
  readonly followed?: Followed;
  /** Makes its bearer an owner: the founder was sent it, others have it from an owner's link. */
  readonly ownerKey?: string;
  /** The token of an invite link. */
  readonly invite?: string;
  readonly password?: string;
}
/** Leaves the room; the socket stays open. */
export interface Leave {
  readonly type: "leave";
}
/** Sends a signal to one member of the room. */
export interface SendSignal {
  readonly type: "signal";
  readonly to: PeerId;
  readonly signal: Signal;
}
/** Sends a chat line; its echo confirms it. */
export interface SendChat {
  readonly type: "chat";
  readonly ref: string;
  readonly text: string;
  /** The receiver of a private line; absent: everybody. */
  readonly to?: PeerId;
  /** The `ref` of the line it answers. */
  readonly answers?: string;
}
/** Changes a line of the sender, or deletes it (null). */
export interface EditChat {
  readonly type: "edit";
  readonly ref: string;
  readonly text: string | null;
}
/** Sets what the sender's tile shows: microphone, camera, screen, raised hand. */
export interface SetState {
  readonly type: "state";
  readonly state: PeerState;
}
/** Changes the name of the sender. */
export interface Rename {
  readonly type: "rename";
  readonly name: string;
}
/** Shows a reaction to everybody; the server does not keep it. */
export interface React {
  readonly type: "react";
  readonly reaction: Reaction;
}
/** The state of all links of the sender; replaces its last report. */
export interface Report {
  readonly type: "report";
  readonly links: readonly LinkReport[];
}
/** Asks for a `tick` now. */
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
  | MarkMessage
  | Report
  | OwnerMessage
  | PowerMessage
  | SealedMessage
  | MoveMessage
  | Ping;

/** The answer to a join: the identity of the client, and the other members. */
export interface Welcome {
  readonly type: "welcome";
  readonly peerId: PeerId;
  readonly room: string;
  readonly name: string;
  /** The others, in join order, without the receiver. */
  readonly roster: readonly Peer[];
  /** Whether the server still knew this peer; then the others were sent nothing. */
  readonly resumed: boolean;
  /** The present door of a sealed room; absent: the room is open. */
  readonly door?: string;
  /** For `resume` in the next join; valid for 10 minutes. */
  readonly resumeToken: string;
  readonly iceServers: readonly IceServer[];
  /** Members the room may have. */
  readonly capacity: number;
  /** When the room was opened, ms since the epoch; see `Followed`. */
  readonly epoch: number;
  /** The revision of the roster above; the next event has the next one. */
  readonly revision: number;
  /** Lines since `followed`, the oldest first; only for former members. */
  readonly missed: readonly ChatLine[];
  /**
   * Earlier lines, the oldest first, for a client without `followed`, as the server's policy
   * allows.
   */
  readonly recent: readonly ChatLine[];
  /** Whether some missed lines are no longer kept. */
  readonly gap: boolean;
  /** Server time, ms since the epoch. */
  readonly at: number;
}
/**
 * An event of a room. Its revision is one more than that of the event before, the same for all
 * members.
 */
interface RoomEvent {
  readonly revision: number;
}
/** A peer has joined; not sent to the peer itself. */
export interface PeerJoined extends RoomEvent {
  readonly type: "peer-joined";
  readonly peer: Peer;
}
/** A membership has ended. */
export interface PeerLeft extends RoomEvent {
  readonly type: "peer-left";
  readonly peerId: PeerId;
  readonly reason: "left" | "lost" | "kicked";
}
/** A peer has a new name or state; sent to that peer too. */
export interface PeerChanged extends RoomEvent {
  readonly type: "peer-changed";
  readonly peerId: PeerId;
  readonly name: string;
  readonly state: PeerState;
  /** Present in a sealed room only. */
  readonly card?: string;
}
/** A peer has lost its socket and may still resume. */
export interface PeerAway extends RoomEvent {
  readonly type: "peer-away";
  readonly peerId: PeerId;
}
/** A peer that was shown away has resumed; sent to that peer too. */
export interface PeerBack extends RoomEvent {
  readonly type: "peer-back";
  readonly peerId: PeerId;
}
/** A signal from another member. */
export interface SignalFrom {
  readonly type: "signal";
  readonly from: PeerId;
  readonly signal: Signal;
}
/** A new or a changed line. Only a public line that is not changed is an event of the room. */
export interface ChatMessage {
  readonly type: "chat";
  readonly line: ChatLine;
}
/** A message was refused, or the socket is about to be closed; see `isClosing`. */
export interface ErrorReply {
  readonly type: "error";
  readonly code: ErrorCode;
  /** English, for developers; pages translate `code`. */
  readonly message: string;
  /** The chat line (`ref`) or peer that the refused message named. */
  readonly about?: string;
}
/**
 * The raised hands, including the receiver's, in the order in which the server received them;
 * replaces the last list. Not an event of the room: it follows the event that changed the hands.
 */
export interface Hands {
  readonly type: "hands";
  readonly peerIds: readonly PeerId[];
}
/** A reaction of a peer; sent to that peer too. Not an event of the room. */
export interface ReactionFrom {
  readonly type: "reaction";
  readonly peerId: PeerId;
  readonly reaction: Reaction;
}
/** The last report of a peer. Not an event of the room. */
export interface PeerReport {
  readonly type: "peer-report";
  readonly peerId: PeerId;
  readonly links: readonly LinkReport[];
}
/** ICE servers with new credentials, before the old ones expire. */
export interface FreshIceServers {
  readonly type: "ice-servers";
  readonly iceServers: readonly IceServer[];
}
/** Sent regularly, so that a client notices a dead socket; see `limits.silenceMs`. */
export interface Tick {
  readonly type: "tick";
  /** Server time, ms since the epoch. */
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
  | ChatMessage
  | Hands
  | ReactionFrom
  | PeerReport
  | OwnershipMessage
  | SealedUpdate
  | FreshIceServers
  | ErrorReply
  | Tick;
