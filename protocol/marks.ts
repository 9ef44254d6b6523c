/**
 * Reactions to chat lines, and the pinned line, of an open room; a part of messages.ts. In a sealed
 * room pages tell them to each other over their links, see docs/chat.md.
 */
import type { ChatLine } from "./chat_line.ts";
import type { PeerId } from "./peers.ts";

/** All signs with which people react to a line. */
export const markSigns = [
  "thumbs-up",
  "heart",
  "laughter",
  "celebration",
  "surprise",
  "sadness",
  "eyes",
  "done",
  "thanks",
  "fire",
  "question",
  "thumbs-down",
] as const;

/** One of the signs. */
export type MarkSign = typeof markSigns[number];

/** Reactions that a room keeps to its lines, public and private. */
export const marksMost = 1_000;

/** Names a line: a `ref` is unique for its author only. */
export interface LineKey {
  readonly from: PeerId;
  readonly ref: string;
}

/** Reacts to a line, or takes the reaction back. */
export interface SetMark extends LineKey {
  readonly type: "mark";
  readonly sign: MarkSign;
  readonly on: boolean;
}
/** Pins a public line in place of the last one, or unpins it. */
export interface SetPin extends LineKey {
  readonly type: "pin";
  readonly on: boolean;
}
/** Asks for all reactions and the pinned line, after a welcome. */
export interface AskMarks {
  readonly type: "ask-marks";
}
/** Client → server. */
export type MarkMessage = SetMark | SetPin | AskMarks;

/** A reaction of one person. */
export interface Mark {
  readonly sign: MarkSign;
  readonly peerId: PeerId;
  /** Of when they reacted; they may have left. */
  readonly name: string;
}
/** The reactions to one line, the oldest first. */
export interface LineMarks extends LineKey {
  readonly marks: readonly Mark[];
}
/**
 * All reactions to some lines; replaces what the receiver knows of these lines. Not an event of the
 * room.
 */
export interface Marks {
  readonly type: "marks";
  readonly lines: readonly LineMarks[];
}
/** The pinned line as it is now; null: none. Not an event of the room. */
export interface Pinned {
  readonly type: "pinned";
  readonly line: ChatLine | null;
  /** The name of who pinned or unpinned it; empty: nobody has. */
  readonly by: string;
}
/** Server → client. */
export type MarksUpdate = Marks | Pinned;
