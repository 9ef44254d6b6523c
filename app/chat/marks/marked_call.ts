/** What reactions, the pinned line and signs of writing and reading use of a call; types only. */
import type { ReadonlySignal } from "@preact/signals";
import type { LateMessage, LineKey, Mark, MarkSign, PeerId } from "../../../protocol/mod.ts";
import type { LinkEvent } from "../../../mesh/mod.ts";
import type { Call } from "../../call/mod.ts";
import type { Events } from "../../room/mod.ts";
import type { ChatEntry, LineEntry } from "../chat_entries.ts";
import type { ChatDraft } from "../chat_draft.ts";

/** The part of a call. */
export interface MarkedCall {
  readonly session:
    & Pick<Call["session"], "send" | "state" | "subscribe">
    & {
      readonly late: Events<LateMessage>;
      readonly links: Events<LinkEvent> & Pick<Call["session"]["links"], "tell">;
    };
  readonly room: Pick<Call["room"], "peers" | "self" | "state">;
  readonly owners: Pick<Call["owners"], "rules" | "owns" | "isOwner" | "may">;
  /** Undefined: the room is open. */
  readonly secret: ReadonlySignal<string | undefined>;
}

/** The dependencies. */
export interface SignsOptions {
  readonly call: MarkedCall;
  /** What the chat shows, the oldest first. */
  readonly entries: ReadonlySignal<readonly ChatEntry[]>;
  /** Whether the chat is in view. */
  readonly isSeen: () => boolean;
  readonly draft: Pick<ChatDraft, "text" | "to" | "aim">;
  readonly after: (ms: number, callback: () => void) => () => void;
  /** ms since the epoch. */
  readonly date: () => number;
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
}

/** The reactions to each line, by `nameOf`. */
export type MarksByLine = ReadonlyMap<string, readonly Mark[]>;

/** The pinned line; `text` and `author` as the page knows them. */
export interface PinnedLine extends LineKey {
  readonly by: string;
  readonly text: string;
  readonly author: string;
}

/** Reactions and the pinned line of one room, whichever way they go. */
export interface MarkBook {
  readonly marks: ReadonlySignal<MarksByLine>;
  readonly pinned: ReadonlySignal<PinnedLine | undefined>;
  mark(line: LineEntry, sign: MarkSign, on: boolean): void;
  pin(line: LineKey, on: boolean): void;
  close(): void;
}

/** The name of a line in a map. */
export function nameOf({ from, ref }: LineKey): string {
  return `${from} ${ref}`;
}

/** The only other person who can read a line; undefined: everybody can. */
export function readerOf({ to, own, from }: LineEntry): PeerId | undefined {
  return to === undefined ? undefined : own ? to.peerId : from;
}

/** Whether a line can have reactions: the others know it by the same name. */
export function isMarkable({ delivery, version, ref, from }: LineEntry): boolean {
  return delivery === "delivered" && version !== "deleted" && from !== "" &&
    !ref.startsWith("overheard-");
}
