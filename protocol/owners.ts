/** The words about who owns a room and what its owners decide; a part of messages.ts. */
import type { PeerId } from "./peers.ts";

/** Who may do something in a room. */
export const rights = ["everyone", "owners"] as const;
export type Right = typeof rights[number];

/** What somebody is who comes by an invite. */
export const roles = ["member", "owner"] as const;
export type Role = typeof roles[number];

/** What owners can decide; what is not said stays as it is. */
export interface RuleChanges {
  /** Nobody new comes in, but for owners and those who were here. */
  readonly locked?: boolean;
  /** Who is new waits until an owner lets them in. */
  readonly knocking?: boolean;
  /** What newcomers must say; empty: nothing. */
  readonly password?: string;
  readonly chat?: Right;
  readonly screen?: Right;
  readonly files?: Right;
  /** Members; never more than the server allows. */
  readonly capacity?: number;
}

/** An owner's word: the rules are to change. */
export interface SetRules extends RuleChanges {
  readonly type: "set-rules";
}
/** An owner's word: this member is taken out, and with `ban` kept out. */
export interface RemovePeer {
  readonly type: "remove";
  readonly peerId: PeerId;
  readonly ban: boolean;
}
/** An owner's word: this one who knocks comes in, or goes. */
export interface AnswerKnock {
  readonly type: "answer-knock";
  readonly knockId: string;
  readonly admit: boolean;
}
/** An owner's word: everybody else is asked to be silent. */
export interface MuteAll {
  readonly type: "mute-all";
}
/** An owner's word: make a link that lets its bearers in for `lifetimeMs`. */
export interface MakeInvite {
  readonly type: "make-invite";
  readonly role: Role;
  readonly lifetimeMs: number;
}
/** An owner's word: this invite is good no more. */
export interface RevokeInvite {
  readonly type: "revoke-invite";
  readonly inviteId: number;
}
/** An owner's word: everybody is taken out, oneself too. */
export interface CloseRoom {
  readonly type: "close-room";
}
/** What only owners may say. */
export type OwnerMessage =
  | SetRules
  | RemovePeer
  | AnswerKnock
  | MuteAll
  | MakeInvite
  | RevokeInvite
  | CloseRoom;

/**
 * What the owners have decided, and who of the members they are; replaces what was said before. Not an event of the
 * room.
 */
export interface Rules {
  readonly type: "rules";
  readonly locked: boolean;
  readonly knocking: boolean;
  /** Whether there is one. */
  readonly password: boolean;
  readonly chat: Right;
  readonly screen: Right;
  readonly files: Right;
  readonly capacity: number;
  readonly owners: readonly PeerId[];
}
/** The key of an owner, to be kept and shown again: with each welcome a new one. */
export interface OwnerKey {
  readonly type: "owner-key";
  readonly key: string;
}
/** One's join waits for an owner's word. */
export interface Knocking {
  readonly type: "knocking";
  /** Whether there is an owner who can hear it. */
  readonly heard: boolean;
}
/** Somebody at the door. */
export interface Knock {
  readonly knockId: string;
  readonly name: string;
}
/** To owners: who waits at the door, the longest first; replaces what was said before. */
export interface Knocks {
  readonly type: "knocks";
  readonly knocks: readonly Knock[];
}
/** A link that lets its bearers in. */
export interface Invite {
  readonly inviteId: number;
  readonly role: Role;
  /** ms since the epoch. */
  readonly expires: number;
  /** What its bearers show in `join`. */
  readonly invite: string;
}
/** To owners: the invites that are good now, the oldest first; replaces what was said before. */
export interface Invites {
  readonly type: "invites";
  readonly invites: readonly Invite[];
}
/** An owner asks everybody else to be silent. */
export interface MuteRequest {
  readonly type: "mute-request";
  readonly from: PeerId;
}
/** What the server says about all this. */
export type OwnerWord = Rules | OwnerKey | Knocking | Knocks | Invites | MuteRequest;
