/**
 * The words of the wire, both ways: JSON text frames, one object each, a tagged union on `type`.
 * Sender, time and order are stamped by the server; a client cannot say them. The manual is docs/protocol.md.
 */
import type { ErrorCode } from "./codes.ts";

/** The WebSocket sub-protocol of this version. */
export const SUBPROTOCOL = "parley.v1";

/** Public and random (128 bit, 32 hex digits); `socketId` in the SkyRTC dialect. */
export type PeerId = string;

/** What a peer says of itself; slots that carry something, and a raised hand. */
export interface PeerState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
}

/** Which wire a peer speaks. SkyRTC pages know neither rollback nor peer state. */
export type Dialect = "parley" | "skyrtc";

/** A member as told to another. */
export interface Peer {
  readonly peerId: PeerId;
  readonly name: string;
  readonly dialect: Dialect;
  readonly state: PeerState;
  /** Its socket is lost and its grace not over. */
  readonly away: boolean;
}

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
  | { readonly kind: "candidate"; readonly candidate: Candidate };

/** RTCIceServer as JSON. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** One line of chat. `id` counts up per room and is its order; `ref` is the sender's own mark, by which it knows its echo. */
export interface ChatLine {
  readonly id: number;
  readonly ref: string;
  readonly from: PeerId;
  readonly name: string;
  readonly text: string;
  /** Server time, ms since the epoch. */
  readonly at: number;
}

export interface Join {
  readonly type: "join";
  readonly room: string;
  readonly name: string;
  readonly state?: PeerState;
  /** The token of the last welcome, to come back as the same peer. */
  readonly resume?: string;
  /** The highest chat line id this client has, for `missed` in the welcome. */
  readonly lastChat?: number;
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
}
export interface SetState {
  readonly type: "state";
  readonly state: PeerState;
}
export interface Rename {
  readonly type: "rename";
  readonly name: string;
}
export interface Ping {
  readonly type: "ping";
}
/** Client → server. */
export type ClientMessage = Join | Leave | SendSignal | SendChat | SetState | Rename | Ping;

/** The answer to a join: who you are and who is there. */
export interface Welcome {
  readonly type: "welcome";
  readonly peerId: PeerId;
  readonly room: string;
  readonly name: string;
  /** The others, in join order, never oneself. */
  readonly roster: readonly Peer[];
  /** True when the server still knew this peer: nobody else was told anything. */
  readonly resumed: boolean;
  readonly resumeToken: string;
  readonly iceServers: readonly IceServer[];
  readonly capacity: number;
  /** Lines after the join's `lastChat`, oldest first; only when resumed. */
  readonly missed: readonly ChatLine[];
  readonly at: number;
}
export interface PeerJoined {
  readonly type: "peer-joined";
  readonly peer: Peer;
}
export interface PeerLeft {
  readonly type: "peer-left";
  readonly peerId: PeerId;
  readonly reason: "left" | "lost" | "kicked";
}
export interface PeerChanged {
  readonly type: "peer-changed";
  readonly peerId: PeerId;
  readonly name: string;
  readonly state: PeerState;
}
export interface PeerAway {
  readonly type: "peer-away";
  readonly peerId: PeerId;
}
export interface PeerBack {
  readonly type: "peer-back";
  readonly peerId: PeerId;
}
export interface SignalFrom {
  readonly type: "signal";
  readonly from: PeerId;
  readonly signal: Signal;
}
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
  | ErrorReply
  | Tick;

/** Nothing on, hand down: the state of someone who came to write. */
export const silentState: PeerState = {
  microphone: false,
  camera: false,
  screen: false,
  hand: false,
};
