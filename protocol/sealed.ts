/**
 * What is special about sealed rooms on the wire; a part of messages.ts. Sealed texts are
 * base64url, and the server relays and keeps them unread. docs/trust.md describes how they are
 * made.
 */
import type { PeerId, SealedPeer } from "./peers.ts";

/** The part of a join that asks for a sealed room. */
export interface SealedJoin extends SealedPeer {
  /**
   * Names the secret of the link. All members of a room have the same one; it tells nothing about
   * the secret.
   */
  readonly door: string;
  /** The id that the hello names, 32 hexadecimal digits. */
  readonly peerId: PeerId;
}

/** Replaces the name and state of the sender. */
export interface SetCard {
  readonly type: "card";
  readonly card: string;
}
/** Replaces the hello and the card of the sender, after the link has changed. */
export interface SetHello extends SealedPeer {
  readonly type: "hello";
}
/**
 * Sends a line of chat, which may be a change, an answer or private; its echo confirms it. The
 * echo is a `chat` message whose line has the sealed text.
 */
export interface SendSealedLine {
  readonly type: "sealed-line";
  readonly ref: string;
  readonly text: string;
}
/** Sends a reaction or a report to everybody else; the server does not keep it. */
export interface SendNote {
  readonly type: "note";
  readonly note: string;
}
/** An owner has changed the link of the room: newcomers need a new one. */
export interface ChangeDoor {
  readonly type: "change-door";
  /** The present door; if it is another, the order is refused as `door`. */
  readonly from: string;
  readonly to: string;
}
/** What only members of sealed rooms send. */
export type SealedMessage = SetCard | SetHello | SendSealedLine | SendNote | ChangeDoor;

/**
 * A peer has another hello: its page was loaded again, or the link has changed. An event of the
 * room; sent to that peer too, unless a welcome follows.
 */
export interface PeerHello extends SealedPeer {
  readonly type: "peer-hello";
  readonly revision: number;
  readonly peerId: PeerId;
}
/** A note of another member. Not an event of the room. */
export interface NoteFrom {
  readonly type: "note";
  readonly from: PeerId;
  readonly note: string;
}
/** The link of the room has changed; sent to everybody, the owner too. Not an event of the room. */
export interface DoorChanged {
  readonly type: "door-changed";
  readonly by: PeerId;
  readonly door: string;
}
/** What only members of sealed rooms are sent. */
export type SealedUpdate = PeerHello | NoteFrom | DoorChanged;
