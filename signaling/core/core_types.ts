/** The vocabulary of the core: what can happen to it, what it may ask for. Times are ms of one monotonic clock, `at` ms since the epoch. */
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
  RuleChanges,
  Rules,
  ServerMessage,
} from "../../protocol/mod.ts";

/** One live WebSocket of this node; never on the wire. */
export type SocketId = number;

/** One process; names itself on the bus. */
export type NodeId = string;

/** Both clocks of one moment: `now` for rules, `at` for what people are shown. A jump of `at` must not change a decision. */
export interface Moment {
  readonly now: number;
  readonly at: number;
}

/** Whether newcomers get what was said before they came. */
export type ChatHistory = "none" | "while-occupied";

/** What became of a guessed password: the kept password that it matches, nothing, or it was not checked. */
export type Guess =
  | { readonly kind: "right"; readonly password: string }
  | { readonly kind: "wrong" | "too-soon" | "overload" };

/** What the server's administration wants of one room. */
export type Order =
  /** Makes the room if there is none; a password is as it will be kept. Opening it makes nobody its owner. */
  | { readonly does: "reserve"; readonly rules: RuleChanges }
  | { readonly does: "invite"; readonly role: Role; readonly lifetimeMs: number }
  | { readonly does: "revoke"; readonly inviteId: number }
  | { readonly does: "remove"; readonly peerId: PeerId; readonly ban: boolean }
  /** Removes everybody and forgets what was decided. */
  | { readonly does: "close" };

/** A signal as the core sees it, whichever wire it came by. */
interface Signal {
  readonly type: "signal";
  /** The JSON text of a `Signal` of protocol/messages.ts if its sender is honest: the core relays it unread. */
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

/** What a client says, in the vocabulary of the core. */
export type Incoming = Exclude<ClientMessage, { type: "signal" }> | IncomingSignal;
/** What all members of a room can be told. */
export type Broadcast = Exclude<ServerMessage, { type: "signal" }>;
/** What one client can be told. */
export type Outgoing = Broadcast | OutgoingSignal;

/** Somebody in a room as told to those who stand before it. */
export interface Insider {
  readonly peerId: PeerId;
  readonly name: string;
}

export interface Connect extends Moment {
  readonly kind: "connect";
  readonly socketId: SocketId;
  /** The id this socket's peer will have unless it resumes an older one. */
  readonly peerId: PeerId;
  /** Whom per-address limits count; undefined: nobody. */
  readonly address: string | undefined;
}
export interface Receive extends Moment {
  readonly kind: "message";
  readonly socketId: SocketId;
  readonly dialect: Dialect;
  /** Undefined: the frame was no message, `reason` says why. A password in `set-rules` is as it will be kept. */
  readonly message: Incoming | undefined;
  readonly reason?: string;
  /** What became of the password in a `join`, if it said one and the room has one. */
  readonly guess?: Guess;
}
export interface Close extends Moment {
  readonly kind: "close";
  readonly socketId: SocketId;
  /** The close code seen; 0, 1005, 1006 mean the connection was lost. */
  readonly code: number;
}
export interface TickInput extends Moment {
  readonly kind: "tick";
}
export interface FromBus extends Moment {
  readonly kind: "bus";
  readonly from: NodeId;
  readonly room: string;
  readonly message: Broadcast;
}
/** The server's administration wants something of a room. */
export interface OrderInput extends Moment {
  readonly kind: "order";
  readonly room: string;
  readonly order: Order;
}
/** Everything that can happen to the core. */
export type Input = Connect | Receive | Close | TickInput | FromBus | OrderInput;

/** A room as the administration sees it. `peers` is empty when only its rules are kept. */
export interface RoomView {
  readonly name: string;
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
  /** To be remembered beyond this process; undefined: forget it. */
  | { readonly kind: "keep"; readonly room: string; readonly rules: KeptRules | undefined };

/** What a resume token vouches for. `generation` counts the resumes, so that each token works once. */
export interface ResumeClaims {
  readonly peerId: PeerId;
  readonly room: string;
  readonly generation: number;
  /** The life of the room it was minted in, and up to which revision of that its chat is not for this peer. */
  readonly epoch: number;
  readonly since: number;
  /** ms since the epoch. */
  readonly expires: number;
  /** When the room was founded, ms since the epoch. */
  readonly founded?: number;
}

/** What an owner key vouches for. */
export interface OwnerClaims {
  readonly room: string;
  /** When the room was founded, ms since the epoch: a new founding has other owners. */
  readonly founded: number;
  /** ms since the epoch. */
  readonly expires: number;
}

/** What an invite vouches for; its role is the one its number has in the room's rules. */
export interface InviteClaims extends OwnerClaims {
  readonly inviteId: number;
}

/** An invite that is good. `expires`: ms since the epoch. */
export interface KeptInvite {
  readonly inviteId: number;
  readonly role: Role;
  readonly expires: number;
}

/** What owners decided about a room, as it outlives its members and the process; JSON. */
export interface KeptRules {
  /** ms since the epoch. */
  readonly founded: number;
  readonly locked: boolean;
  readonly knocking: boolean;
  /** See passwords.ts; empty: none. */
  readonly password: string;
  readonly chat: Right;
  readonly screen: Right;
  readonly files: Right;
  /** Undefined: what the server allows. */
  readonly capacity?: number | undefined;
  readonly invites: readonly KeptInvite[];
  /** How many were ever made, which numbers the next one. */
  readonly invitesMade: number;
  /** Made by the server's administration, so opening it makes nobody its owner. */
  readonly reserved: boolean;
  /** Since when it has no members, ms since the epoch; undefined: it has some. */
  readonly emptySince?: number | undefined;
}

/** Makes and reads tokens of one kind; the same claims and key give the same token, so the core stays replayable. */
export interface Tokens<Claims> {
  mint(claims: Claims): string;
  /** Undefined for a token that is not ours, damaged, or expired at `at` (ms since the epoch). */
  read(token: string, at: number): Claims | undefined;
}

/** One maker of each kind. */
export interface RoomTokens {
  /** By which a peer comes back as itself. */
  readonly resume: Tokens<ResumeClaims>;
  /** What makes its bearer an owner of one room. It names no person, so it can be handed on. */
  readonly ownerKey: Tokens<OwnerClaims>;
  /** What lets its bearer into one room. */
  readonly invite: Tokens<InviteClaims>;
}

/** Outside facts. The core reads each when it needs it, so a getter may change its mind. */
export interface CoreOptions {
  readonly tokens: RoomTokens;
  /** What an earlier process kept of rooms. */
  readonly kept: Iterable<readonly [room: string, rules: KeptRules]>;
  /** When this process began, ms since the epoch: what tokens from before say of a room may be newer than the room. */
  readonly startedAt: number;
  /** Members per room, 2–16. */
  readonly capacity: number;
  readonly chatHistory: ChatHistory;
  /** Whom the server takes: `overload` nobody new for now, `off` nobody at all. */
  readonly admission?: "open" | "overload" | "off";
  readonly ice: IceProvider;
}

/** What a peer gets to find its way through the network. */
export interface IceProvider {
  /** Servers for one peer; credentials are its own. `at`: ms since the epoch. */
  serversFor(peerId: PeerId, at: number): readonly IceServer[];
  /** After how many ms the servers above should be replaced; undefined: never. */
  readonly renewMs: number | undefined;
}
