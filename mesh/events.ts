/**
 * What happens in a room: one family of events for each part of a session, emitted in order. Each
 * event has one shape from the part that makes it to the store that shows it.
 */
import type {
  ChatLine,
  CloseReason,
  ErrorCode,
  LinkReport,
  OpenSignal,
  Peer,
  PeerId,
  PeerState,
  RelayPlace,
  SealedUpdate,
  ServerMessage,
  SignalFrom,
} from "../protocol/mod.ts";
import type { RawChannel } from "./link/raw_channel.ts";
import type { FileChannel } from "./files/link_channel.ts";

/**
 * What a peer can send over a link; one RTCRtpSender each. `screen-audio` is a shared tab's sound.
 */
export type Slot = "microphone" | "camera" | "screen" | "screen-audio";

/** All slots, in the order their m-lines are made. */
export const slots: readonly Slot[] = ["microphone", "camera", "screen", "screen-audio"];

/**
 * Why a link has failed. `no-answer`: the peer has not answered; `no-path`: ICE has found no path;
 * `broken`: the browser's connection failed in a way that an ICE restart cannot repair.
 */
export type LinkFailure = "no-answer" | "no-path" | "broken";

/** The state of the link to one peer. `since`: ms, `performance.now()`. */
export type LinkState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  | { readonly kind: "reconnecting"; readonly since: number }
  | { readonly kind: "failed"; readonly reason: LinkFailure };

/** Why the person is no longer in the room: they left, or the server's terminal reason. */
export type LeftReason = "left" | CloseReason;

/** The one state of a RoomClient. */
export type SessionState =
  | { readonly kind: "idle" }
  | { readonly kind: "joining"; readonly room: string }
  | {
    readonly kind: "joined";
    readonly room: string;
    readonly selfId: PeerId;
    readonly capacity: number;
  }
  /** The socket is lost; links and media continue. `since`: ms, `performance.now()`. */
  | {
    readonly kind: "reconnecting";
    readonly room: string;
    readonly selfId: PeerId;
    readonly since: number;
  }
  | { readonly kind: "left"; readonly room: string; readonly reason: LeftReason };

/**
 * Of the visit itself. Events for the members, and for the lines written before, come before the
 * state becomes `joined`; when it becomes `left`, all peers, links and tracks are gone without
 * further events.
 */
export type RoomEvent =
  | { readonly type: "state"; readonly state: SessionState }
  /** The server rejects a request that is no chat line. `message`: English, for developers. */
  | { readonly type: "refused"; readonly code: ErrorCode; readonly message: string };

/**
 * Of the other members. In a joined room, `peer-joined` is news. A peer that the server has lost,
 * or does not know again yet, stays with `away: true` as long as its link lives, one minute at
 * most.
 */
export type RosterEvent =
  | { readonly type: "peer-joined"; readonly peer: Peer }
  | { readonly type: "peer-changed"; readonly peer: Peer }
  | {
    readonly type: "peer-left";
    readonly peer: Peer;
    readonly reason: "left" | "lost" | "kicked";
  };

/** Of the links to the other members. */
export type LinkEvent =
  | { readonly type: "link"; readonly peerId: PeerId; readonly link: LinkState }
  /** A remote slot has a live track from now on, or none (null). */
  | {
    readonly type: "track";
    readonly peerId: PeerId;
    readonly slot: Slot;
    readonly track: MediaStreamTrack | null;
  }
  /** A peer has sent a message about a topic; the feature of this name checks `body`. */
  | {
    readonly type: "topic";
    readonly peerId: PeerId;
    readonly topic: string;
    readonly body: unknown;
  }
  /** A peer has opened a channel whose label begins with `parley-`, and which is for no file. */
  | {
    readonly type: "channel";
    readonly peerId: PeerId;
    readonly label: string;
    readonly raw: RawChannel;
  }
  /** A peer has opened a channel for a file; for a SkyRTC page, mesh/skyrtc/ makes it. */
  | {
    readonly type: "file-channel";
    readonly peerId: PeerId;
    readonly raw: RawChannel | FileChannel;
  }
  /**
   * Text that a SkyRTC page sent over its own data channel, past the server. `at`: ms since the
   * epoch, own clock.
   */
  | {
    readonly type: "peer-text";
    readonly peerId: PeerId;
    readonly text: string;
    readonly at: number;
  }
  /** A peer has sent a `watch` message: how it shows the own pictures. */
  | { readonly type: "watch"; readonly peerId: PeerId };

/** Of this person's own name and state, as the others see them. */
export type PresenceEvent = {
  readonly type: "self";
  readonly name: string;
  readonly state: PeerState;
};

/** Lines of a member that should have come before its last one; the server has kept them back. */
export interface MissingLines {
  readonly type: "chat-missing";
  readonly from: PeerId;
  readonly name: string;
  readonly count: number;
}

/** Of the chat. */
export type ChatEvent =
  | MissingLines
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
  /**
   * A line that the server has accepted. `own`: written by this person; it may be the echo of a
   * waiting line with the same `ref`. `recent`: written before this client joined.
   */
  | {
    readonly type: "chat";
    readonly line: ChatLine;
    readonly own: boolean;
    readonly recent: boolean;
  }
  /**
   * An own line is being changed (null: deleted); it waits for its echo, which is a `chat-changed`.
   */
  | { readonly type: "chat-changing"; readonly ref: string; readonly text: string | null }
  /** A line after its author changed it; the line itself came before. */
  | { readonly type: "chat-changed"; readonly line: ChatLine }
  /** Some lines sent while this client was away are lost; those that the server kept follow. */
  | { readonly type: "chat-gap" }
  /** The server rejects an own line, or the change of a delivered one. */
  | { readonly type: "chat-refused"; readonly ref: string; readonly code: ErrorCode };

/** What this end knows of a link: its report, and whose relay this end uses, if any. */
export interface OwnReport extends LinkReport {
  readonly relay?: RelayPlace;
}

/** Of how well the links and this machine keep up. */
export type MonitorEvent =
  /** The state of the links, one report per peer; emitted again when anything in it changes. */
  | { readonly type: "links"; readonly links: readonly OwnReport[] }
  /** Whether this machine has been too slow for its pictures for some time. */
  | { readonly type: "strained"; readonly strained: boolean };

/** A signal of a member, as it was before the member sealed it. */
export interface OpenedSignal {
  readonly type: "signal";
  readonly from: PeerId;
  readonly signal: OpenSignal;
}

/** A message of the server after its sealed parts were opened. */
export type RoomMessage =
  | Exclude<ServerMessage, SealedUpdate | SignalFrom>
  | OpenedSignal
  | MissingLines;

/**
 * Why a peer of a sealed room gets neither picture nor sound. `no-hello`: the server has sent none;
 * `wrong-secret`: its hello is not of this room's secret; `unconfirmed`: it has not proved that the
 * hello is its own.
 */
export type Doubt = "no-hello" | "wrong-secret" | "unconfirmed";

/**
 * What nobody honest does. `altered`: a sealed message was changed, or is of somebody else;
 * `replayed`: an old one came again; `withheld`: messages are missing, repeatedly; `unsealed`: an
 * open message in a sealed room; `fingerprint`: another certificate than the peer has vouched for.
 */
export type Alarm = "altered" | "replayed" | "withheld" | "unsealed" | "fingerprint";

/** How far the other end of a link is known to be the peer itself. */
export type Trust =
  /** The room is open: its server could be in between. */
  | { readonly kind: "open" }
  /** Its keys are being checked. */
  | { readonly kind: "checking" }
  | { readonly kind: "unverified"; readonly doubt: Doubt }
  | { readonly kind: "verified" }
  | { readonly kind: "alarm"; readonly alarm: Alarm };

/** Of who can be trusted. */
export type TrustEvent =
  | { readonly type: "trust"; readonly peerId: PeerId; readonly trust: Trust }
  /** The secret of the link; undefined: the room is open. `by`: the owner who has changed it. */
  | {
    readonly type: "secret";
    readonly secret: string | undefined;
    readonly by?: PeerId;
  }
  /** The safety words with a peer, seven numbers from 0 to 63, the same at both ends. */
  | {
    readonly type: "safety-words";
    readonly peerId: PeerId;
    readonly words: readonly number[];
  }
  /** A peer has proved its identity: the SHA-256 of its key, as hexadecimal digits. */
  | { readonly type: "identity"; readonly peerId: PeerId; readonly identity: string }
  /** Whether a peer and this page have seen other members for some time. */
  | { readonly type: "views"; readonly peerId: PeerId; readonly differ: boolean };

/** Messages of the server that the client passes on unchanged; docs/protocol.md describes each. */
export type PassedMessage =
  | OpenedSignal
  | Extract<
    ServerMessage,
    {
      type:
        | "ice-servers"
        | "peer-away"
        | "peer-back"
        | "hands"
        | "reaction"
        | "peer-report"
        | "error";
    }
  >;
