/**
 * The types of the core's inputs and effects, and of what it is given. Times are ms of one
 * monotonic clock, unless they are called `at` or a comment says ms since the epoch.
 */
import type {
  ClientMessage,
  CloseReason,
  Dialect,
  IceServer,
  Invite,
  Peer,
  PeerId,
  Right,
  Role,
  RoomHours,
  RuleChanges,
  Rules,
  SealedPeer,
  SentMessage,
} from "../../protocol/mod.ts";

/** One live WebSocket of this node; never on the wire. */
export type SocketId = number;

/** One server process of a cluster. */
export type NodeId = string;

/**
 * Both clocks at one moment. A jump of the system clock must not change a decision, so rules use
 * `now`.
 */
export interface Moment {
  /** ms of one monotonic clock, for rates and deadlines. */
  readonly now: number;
  /** ms since the epoch, for what people are shown and what tokens claim. */
  readonly at: number;
}

/** The handling of one input: when it happened, and where its effects go. */
export interface Step extends Moment {
  readonly emit: (effect: Effect) => void;
}

/** Whether newcomers are sent lines from before they joined. */
export type ChatHistory = "none" | "while-occupied";

/**
 * The result of checking a password: `right` with the kept hash that it matches, `wrong`, or not
 * checked because the address guessed too often (`too-soon`) or the server is busy (`overload`).
 */
export type Guess =
  | { readonly kind: "right"; readonly password: string }
  | { readonly kind: "wrong" | "too-soon" | "overload" };

/** What the server's administration can do to one room. */
export type AdminCommand =
  /**
   * Creates the room if there is none. A password is a hash. Opening the room makes nobody its
   * owner.
   */
  | { readonly does: "reserve"; readonly rules: RuleChanges }
  | { readonly does: "invite"; readonly role: Role; readonly lifetimeMs: number }
  | { readonly does: "revoke"; readonly inviteId: number }
  | { readonly does: "remove"; readonly peerId: PeerId; readonly ban: boolean }
  /** Removes all members and forgets what was decided. */
  | { readonly does: "close" }
  | BellCommand;

/** A browser that an owner wants notices in: a push subscription (RFC 8030, RFC 8291). */
export interface Bell {
  /** Where the push service of the browser takes notices; a secret. */
  readonly endpoint: string;
  /** The browser's public key, base64url. */
  readonly p256dh: string;
  /** The secret that it shares with this server, base64url. */
  readonly auth: string;
}

/** What a page or a notice asks for a room without being in it; see doorbell.ts. */
export type BellCommand =
  | { readonly does: "add-bell"; readonly ownerKey: string; readonly bell: Bell }
  /** Without an owner key: the push service no longer knows it. */
  | { readonly does: "remove-bell"; readonly ownerKey?: string; readonly endpoint: string }
  /** Puts a bell in the place of the one that `before` names and knows the secret of. */
  | {
    readonly does: "renew-bell";
    readonly before: Pick<Bell, "endpoint" | "auth">;
    readonly bell: Bell;
  }
  /** Admits the client that knocked when the token was made. */
  | { readonly does: "let-in"; readonly token: string };

/** A signal as the core sees it, whatever the sender's dialect. */
interface Signal {
  readonly type: "signal";
  /**
   * The JSON text of a `Signal` of protocol/messages.ts, if the sender is honest. The core relays
   * it unread.
   */
  readonly body: string;
}
/** A signal for another member. */
export interface IncomingSignal extends Signal {
  readonly to: PeerId;
}
/** A signal from another member. */
export interface OutgoingSignal extends Signal {
  readonly from: PeerId;
}

/** A message from a client. */
export type Incoming = Exclude<ClientMessage, { type: "signal" }> | IncomingSignal;
/** A message that may go to all members of a room. */
export type Broadcast = Exclude<SentMessage, { type: "signal" }>;
/** A message to one client. */
export type Outgoing = Broadcast | OutgoingSignal;

/** A member as the entry page of its room shows it. */
export interface Insider extends Pick<Peer, "peerId" | "name"> {
  readonly sealed: SealedPeer | undefined;
}

/** What the bearer of an owner key may know of a room without being in it. */
export interface OwnedRoom {
  readonly people: readonly Insider[];
  readonly bells: readonly Bell[];
}

/** Somebody came while no owner was there. */
export interface Ring {
  readonly why: "entered" | "knock";
  /** Of the person who came; empty in a sealed room. */
  readonly name: string;
  /** Whom to tell. */
  readonly bells: readonly Bell[];
  /** Of a knock: admits who knocked, once. */
  readonly letIn?: string;
  /** The address that limits count; undefined: not counted. */
  readonly address: string | undefined;
}

/** Where a page was loaded from, as its browser names it. */
export interface Site {
  /** IPv6 in brackets. */
  readonly hostname: string;
  /** Undefined: that of a proxy before this server. */
  readonly port: number | undefined;
}

/** A socket has opened. */
export interface Connect extends Moment {
  readonly kind: "connect";
  readonly socketId: SocketId;
  /** The id this socket's peer will have, unless it resumes as an older peer. */
  readonly peerId: PeerId;
  /** The address that limits count; undefined: not counted. */
  readonly address: string | undefined;
  /** The site that the client has connected to; absent: unknown. */
  readonly site?: Site | undefined;
  /** For how long it has been open, at another node or while its join waited, ms; absent: 0. */
  readonly ageMs?: number | undefined;
}
/** A socket has received a frame. */
export interface Receive extends Moment {
  readonly kind: "message";
  readonly socketId: SocketId;
  readonly dialect: Dialect;
  /**
   * Undefined: the frame was no valid message, for `reason`. A password in `set-rules` is a hash.
   */
  readonly message: Incoming | undefined;
  readonly reason?: string;
  /** The result for the password in a `join`, if both the message and the room have one. */
  readonly guess?: Guess;
}
/** A socket has closed. */
export interface Close extends Moment {
  readonly kind: "close";
  readonly socketId: SocketId;
  /**
   * The WebSocket close code (RFC 6455, 7.4); 0, 1005 and 1006 mean that the connection was lost.
   */
  readonly code: number;
}
/** Time has passed; comes about once a second. */
export interface TickInput extends Moment {
  readonly kind: "tick";
}
/** The server's administration gives a command for a room. */
export interface AdminInput extends Moment {
  readonly kind: "command";
  readonly room: string;
  readonly command: AdminCommand;
}
/** Everything that can happen to the core. */
export type Input = Connect | Receive | Close | TickInput | AdminInput;

/** A room as the administration sees it. `peers` is empty if only its rules are kept. */
export interface RoomView {
  readonly name: string;
  /** Whether its members, or a kept door, have made it a sealed room. */
  readonly sealed: boolean;
  readonly rules: Omit<Rules, "type">;
  readonly peers: readonly (Peer & { readonly owner: boolean })[];
  readonly invites: readonly Invite[];
  /** Makes its bearer an owner. */
  readonly ownerKey: string;
}

/** Everything the core can ask its shell for, in order. */
export type Effect =
  | { readonly kind: "send"; readonly socketId: SocketId; readonly message: Outgoing }
  | { readonly kind: "close"; readonly socketId: SocketId; readonly reason: CloseReason }
  | { readonly kind: "publish"; readonly room: string; readonly message: Broadcast }
  | { readonly kind: "subscribe"; readonly room: string }
  | { readonly kind: "unsubscribe"; readonly room: string }
  /** Keep the rules beyond this process; undefined: forget them. */
  | { readonly kind: "keep"; readonly room: string; readonly rules: KeptRules | undefined }
  | { readonly kind: "ring"; readonly room: string; readonly ring: Ring };

/** The claims of a resume token. `generation` counts the resumes, so that each token works once. */
export interface ResumeClaims {
  readonly peerId: PeerId;
  readonly room: string;
  readonly generation: number;
  /** The epoch of the room that the token was minted in. */
  readonly epoch: number;
  /** Public lines of that epoch up to this revision are not for the peer. */
  readonly since: number;
  /** ms since the epoch. */
  readonly expires: number;
  /** When the room was founded, ms since the epoch. */
  readonly founded?: number;
  /**
   * When the peer first joined with an id of its own choice, ms since the epoch: another peer that
   * chooses the same id later has another one. Absent: the server made the id, the room is open.
   */
  readonly chosenAt?: number;
  /**
   * The number of the device that the token is for: a membership that has moved to a device does
   * not go back to one of a lower number. Absent: 0, the device that joined first.
   */
  readonly device?: number;
}

/** The claims of an owner key. */
export interface OwnerClaims {
  readonly room: string;
  /** When the room was founded, ms since the epoch; a new founding has other owners. */
  readonly founded: number;
  /** ms since the epoch. */
  readonly expires: number;
}

/** The claims of an invite. Its role is that of its `inviteId` in the room's rules. */
export interface InviteClaims extends OwnerClaims {
  readonly inviteId: number;
}

/** The claims of a token that admits one client from the lobby. */
export interface LetInClaims extends OwnerClaims {
  readonly knockId: PeerId;
  /** When the client knocked, ms since the epoch: a later knock of the same client is another. */
  readonly since: number;
}

/** An invite as it is kept, without its token. `expires`: ms since the epoch. */
export interface KeptInvite {
  readonly inviteId: number;
  readonly role: Role;
  readonly expires: number;
}

/** When the call in a room ends. */
export interface RoomEnd {
  /** ms since the epoch. */
  readonly at: number;
  /** How many of the announcements before it were made. */
  readonly told: number;
}

/** What owners decided about a room, as it outlives its members and the process. JSON. */
export interface KeptRules {
  /** ms since the epoch. */
  readonly founded: number;
  readonly locked: boolean;
  readonly knocking: boolean;
  /** A hash, see passwords.ts; empty: none. */
  readonly password: string;
  readonly chat: Right;
  readonly screen: Right;
  readonly files: Right;
  /** Undefined: what the server allows. */
  readonly capacity?: number | undefined;
  readonly invites: readonly KeptInvite[];
  /** How many were ever made; the `inviteId` of the next one. */
  readonly invitesMade: number;
  /** Created by the administration, so opening the room makes nobody its owner. */
  readonly reserved: boolean;
  /** The door of a sealed room, once an owner has changed it; undefined: none has. */
  readonly door?: string | undefined;
  /** The browsers of owners that are told who comes; absent: none. */
  readonly bells?: readonly Bell[] | undefined;
  /** When people may come in; undefined: at any time. */
  readonly hours?: RoomHours | undefined;
  readonly end?: RoomEnd | undefined;
  /** Since when the room has no members, ms since the epoch; undefined: it has some. */
  readonly emptySince?: number | undefined;
}

/**
 * Mints and reads tokens of one kind. The same claims and key give the same token, so the core
 * stays deterministic.
 */
export interface Tokens<Claims> {
  /** A signed token with these claims. */
  mint(claims: Claims): string;
  /**
   * The claims of a token; undefined if it is foreign, damaged, or expired at `at` (ms since the
   * epoch).
   */
  read(token: string, at: number): Claims | undefined;
}

/** The kinds of tokens. */
export interface RoomTokens {
  /** Lets a peer rejoin as the same peer. */
  readonly resume: Tokens<ResumeClaims>;
  /** Makes its bearer an owner of one room. It names no person, so it can be passed on. */
  readonly ownerKey: Tokens<OwnerClaims>;
  /** Lets its bearer join one room. */
  readonly invite: Tokens<InviteClaims>;
  /** Admits one client that knocks. */
  readonly letIn: Tokens<LetInClaims>;
}

/**
 * What the core is given. It reads each field when it needs it, so a getter may return a new value.
 */
export interface CoreOptions {
  readonly tokens: RoomTokens;
  /** The rules that an earlier process kept. */
  readonly kept: Iterable<readonly [room: string, rules: KeptRules]>;
  /**
   * When this process started, ms since the epoch: an older token may know an older founding of a
   * room.
   */
  readonly startedAt: number;
  /** Members per room, 2–16. */
  readonly capacity: number;
  readonly chatHistory: ChatHistory;
  /** `overload`: no new members for now; `off`: no sockets at all. Absent: open. */
  readonly admission?: "open" | "overload" | "off";
  readonly ice: IceProvider;
}

/** A peer that is given ICE servers. */
export interface IceUser {
  /** Its id, or what `relayUser` makes of an id that it chose. */
  readonly peerId: PeerId;
  /** Undefined: unknown. */
  readonly site: Site | undefined;
}

/** Gives peers their ICE servers (RFC 8445). */
export interface IceProvider {
  /** The servers for one peer, with credentials made for it. `at`: ms since the epoch. */
  serversFor(user: IceUser, at: number): readonly IceServer[];
  /** After how many ms a peer should be sent new servers; undefined: never. */
  readonly renewMs: number | undefined;
}
