/** What the chat shows: lines, files and system lines. */
import type { ErrorCode } from "../../protocol/mod.ts";

/** The delivery of an own line; others' lines are delivered. */
export type Delivery = "waiting" | "delivered" | "refused";

/** A chat line. `at`: ms since the epoch. */
export interface LineEntry {
  readonly kind: "line";
  readonly key: string;
  /** The line's id on the wire, for answers and edits. */
  readonly ref: string;
  readonly from: string;
  readonly name: string;
  /** Empty if it was deleted. */
  readonly text: string;
  readonly at: number;
  readonly own: boolean;
  readonly delivery: Delivery;
  /** The private addressee, if any. */
  readonly to: Person | undefined;
  /** The `ref` of the line it answers. */
  readonly answers: string | undefined;
  readonly version: "first" | "edited" | "deleted";
  /** What is shown of a line that an owner has deleted; undefined: none has. */
  readonly deletion?: string;
  /** The delivery of an own edit; the text is the new one unless it was refused. */
  readonly change: "none" | "waiting" | "refused";
  /** Why the server refused it or its edit. */
  readonly refusal: ErrorCode | undefined;
  /** From before this person joined. */
  readonly recent: boolean;
}

/** The addressee of a line. */
export interface Person {
  readonly peerId: string;
  readonly name: string;
}

/**
 * A system line. `name` is empty if nobody caused it; `count`: how many lines are `missing`.
 */
export interface HappenedEntry {
  readonly kind: "happened";
  readonly key: string;
  readonly what:
    | "joined"
    | "left"
    | "lost"
    | "kicked"
    | "server-lost"
    | "server-back"
    | "gap"
    | "missing"
    | "entered";
  readonly name: string;
  readonly count?: number;
  readonly at: number;
}

/** An offered file; its card is in the files store, by `key`. Own files come from "". */
export interface FileEntry {
  readonly kind: "file";
  readonly key: string;
  readonly from: string;
  readonly name: string;
  readonly file: string;
  readonly at: number;
  readonly own: boolean;
}

/** One line of the chat panel. */
export type ChatEntry = LineEntry | HappenedEntry | FileEntry;
