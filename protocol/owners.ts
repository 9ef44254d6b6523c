/** Messages about the owners of a room and its rules; a part of messages.ts. */
import type { PeerId, SealedPeer } from "./peers.ts";

/** All values of `Right`. */
export const rights = ["everyone", "owners"] as const;
/** Who may do something in a room. */
export type Right = typeof rights[number];

/** All values of `Role`. */
export const roles = ["member", "owner"] as const;
/** The role that an invite gives its bearer. */
export type Role = typeof roles[number];

/** Changes of the rules; absent fields stay as they are. */
export interface RuleChanges {
  /** Only owners and former members may join. */
  readonly locked?: boolean;
  /** Newcomers wait until an owner admits them. */
  readonly knocking?: boolean;
  /** The password that newcomers need; empty: none. */
  readonly password?: string;
  readonly chat?: Right;
  readonly screen?: Right;
  readonly files?: Right;
  /** How many members the room may have, at most what the server allows. */
  readonly capacity?: number;
}

/** An owner changes the rules. */
export interface SetRules extends RuleChanges {
  readonly type: "set-rules";
}
/** An owner removes a member; with `ban` it cannot come back. */
export interface RemovePeer {
  readonly type: "remove";
  readonly peerId: PeerId;
  readonly ban: boolean;
}
/** An owner admits or refuses a waiting client. */
export interface AnswerKnock {
  readonly type: "answer-knock";
  readonly knockId: string;
  readonly admit: boolean;
}
/** An owner asks everybody else to mute themselves. */
export interface MuteAll {
  readonly type: "mute-all";
}
/** An owner makes a link that admits its bearers for `lifetimeMs`. */
export interface MakeInvite {
  readonly type: "make-invite";
  readonly role: Role;
  readonly lifetimeMs: number;
}
/** An owner revokes an invite. */
export interface RevokeInvite {
  readonly type: "revoke-invite";
  readonly inviteId: number;
}
/** An owner removes everybody, including themselves. */
export interface CloseRoom {
  readonly type: "close-room";
}
/** What only owners may send. */
export type OwnerMessage =
  | SetRules
  | RemovePeer
  | AnswerKnock
  | MuteAll
  | MakeInvite
  | RevokeInvite
  | CloseRoom;

/**
 * The rules of a room, and which members are its owners; replaces the last ones. Not an event of
 * the room.
 */
export interface Rules {
  readonly type: "rules";
  readonly locked: boolean;
  readonly knocking: boolean;
  /** Whether newcomers need one. */
  readonly password: boolean;
  readonly chat: Right;
  readonly screen: Right;
  readonly files: Right;
  readonly capacity: number;
  readonly owners: readonly PeerId[];
}
/** To owners: the key that makes them owners in a later join; each welcome brings a new one. */
export interface OwnerKey {
  readonly type: "owner-key";
  readonly key: string;
}
/** The join of the receiver waits for an owner's answer. */
export interface Knocking {
  readonly type: "knocking";
  /** Whether an owner is present to answer. */
  readonly heard: boolean;
}
/** A waiting client. */
export interface Knock {
  readonly knockId: string;
  /** Empty in a sealed room. */
  readonly name: string;
  /** Present in a sealed room only. */
  readonly sealed?: SealedPeer;
}
/** To owners: who waits, the longest first; replaces the previous list. */
export interface Knocks {
  readonly type: "knocks";
  readonly knocks: readonly Knock[];
}
/** A link that lets its bearers join. */
export interface Invite {
  readonly inviteId: number;
  readonly role: Role;
  /** ms since the epoch. */
  readonly expires: number;
  /** The token for `invite` in a join. */
  readonly invite: string;
}
/** To owners: the valid invites, the oldest first; replaces the previous list. */
export interface Invites {
  readonly type: "invites";
  readonly invites: readonly Invite[];
}
/** An owner asks everybody else to mute themselves. */
export interface MuteRequest {
  readonly type: "mute-request";
  readonly from: PeerId;
}
/** What the server sends about owners, rules and the lobby, besides late messages. */
export type OwnershipMessage = Rules | OwnerKey | Knocking | Knocks;
/** The late messages about them. */
export type LateOwnershipMessage = Invites | MuteRequest;
/** All that the server sends about owners, rules and the lobby. */
export type OwnershipUpdate = OwnershipMessage | LateOwnershipMessage;
