/** What the mesh tells its owner. State is one tagged union, changes are one tagged union of events. */
import type {
  ChatLine,
  CloseReason,
  ErrorCode,
  LinkReport,
  OwnershipUpdate,
  Peer,
  PeerId,
  PeerState,
  Reaction,
} from "../protocol/mod.ts";
import type { RawFileChannel } from "./link/file_channel.ts";
import type { FileChannel } from "./files/link_channel.ts";

/** What a peer can send over a link; one RTCRtpSender each. `screen-audio` is a shared tab's sound. */
export type Slot = "microphone" | "camera" | "screen" | "screen-audio";

/** All slots, in the order their m-lines are made. */
export const slots: readonly Slot[] = ["microphone", "camera", "screen", "screen-audio"];

/** Why a link is not there: never answered, ICE found no way, or the connection object gave up. */
export type LinkFailure = "no-answer" | "no-path" | "broken";

/** The state of the link to one peer. `path` is known some moments after the connection. Times: ms, `performance.now()`. */
export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected"; readonly path: "unknown" | "direct" | "relayed" }
  | { readonly kind: "reconnecting"; readonly since: number }
  | { readonly kind: "failed"; readonly reason: LinkFailure };

/** Why one is not in the room any more: by own will, or the server's terminal reason. */
export type LeftReason = "left" | CloseReason;

/** The one state of a RoomSession. */
export type SessionState =
  | { readonly kind: "idle" }
  | { readonly kind: "joining"; readonly room: string }
  | {
    readonly kind: "joined";
    readonly room: string;
    readonly selfId: PeerId;
    readonly capacity: number;
  }
  /** The socket is away; links and media go on. `since`: ms, `performance.now()`. */
  | {
    readonly kind: "reconnecting";
    readonly room: string;
    readonly selfId: PeerId;
    readonly since: number;
  }
  | { readonly kind: "left"; readonly room: string; readonly reason: LeftReason };

/**
 * Everything that happens in a room, told in order. Who is there already, and who came or went unseen while the
 * socket was away, is told before the state becomes `joined`; so `peer-joined` in a joined room is news.
 * When the state becomes `left`, every peer, link and track is gone without an event of its own. A peer that the server
 * has lost, or does not know again yet, stays with `away: true` for as long as its link lives, a minute at most.
 */
export type RoomEvent =
  | { readonly type: "state"; readonly state: SessionState }
  | { readonly type: "peer-joined"; readonly peer: Peer }
  | { readonly type: "peer-changed"; readonly peer: Peer }
  | {
    readonly type: "peer-left";
    readonly peer: Peer;
    readonly reason: "left" | "lost" | "kicked";
  }
  | { readonly type: "link"; readonly peerId: PeerId; readonly link: LinkState }
  /** A remote slot got a live track, or lost it (null). */
  | {
    readonly type: "track";
    readonly peerId: PeerId;
    readonly slot: Slot;
    readonly track: MediaStreamTrack | null;
  }
  /** A peer has opened a channel for a file; a SkyRTC page's is made up, see mesh/skyrtc/. */
  | {
    readonly type: "file-channel";
    readonly peerId: PeerId;
    readonly raw: RawFileChannel | FileChannel;
  }
  /** Text a page of the SkyRTC dialect sent over its own data channel; the server never saw it. `at`: own clock. */
  | {
    readonly type: "peer-text";
    readonly peerId: PeerId;
    readonly text: string;
    readonly at: number;
  }
  /** What the others are told about oneself has changed. */
  | { readonly type: "self"; readonly name: string; readonly state: PeerState }
  /** Whose hands are up, oneself included, the longest first, as the server saw them go up. */
  | { readonly type: "hands"; readonly peerIds: readonly PeerId[] }
  /** Somebody reacts, or oneself: the server has shown it to all. */
  | { readonly type: "reaction"; readonly peerId: PeerId; readonly reaction: Reaction }
  /** An own line that waits for its echo. `at`: ms since the epoch, own clock. */
  | {
    readonly type: "chat-waiting";
    readonly ref: string;
    readonly text: string;
    readonly at: number;
    /** The only other person it is for. */
    readonly to?: PeerId;
    /** The `ref` of the line it answers. */
    readonly answers?: string;
  }
  /** A line the server has; `own`: one's own, be it the echo of a waiting one (same `ref`). `recent`: from before one came. */
  | {
    readonly type: "chat";
    readonly line: ChatLine;
    readonly own: boolean;
    readonly recent: boolean;
  }
  /** An own line is being changed (null: taken back); it waits for its echo, which is a `chat-changed`. */
  | { readonly type: "chat-changing"; readonly ref: string; readonly text: string | null }
  /** A line as its author has changed it; it was told before. */
  | { readonly type: "chat-changed"; readonly line: ChatLine }
  /** Lines were said while one was away that nobody keeps any more; those that are kept follow. */
  | { readonly type: "chat-gap" }
  /** An own line, or the change of one that is delivered, will not be taken. */
  | { readonly type: "chat-refused"; readonly ref: string; readonly code: ErrorCode }
  /** What this end sees of its links, one report per peer; told again when anything in it has changed. */
  | { readonly type: "links"; readonly links: readonly LinkReport[] }
  /** What another peer sees of its links; replaces its report before. */
  | {
    readonly type: "peer-report";
    readonly peerId: PeerId;
    readonly links: readonly LinkReport[];
  }
  /** This machine has had too much to do for long, or no more. */
  | { readonly type: "strained"; readonly strained: boolean }
  /** About the room's owners and their decisions; `knocking`: one waits for their word. */
  | { readonly type: "owners"; readonly word: OwnershipUpdate }
  | { readonly type: "refused"; readonly code: ErrorCode; readonly message: string };
