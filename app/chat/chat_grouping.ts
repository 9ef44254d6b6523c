/** Which chat lines share a head and a foot. Pure. */
import type { ChatEntry, LineEntry } from "./chat_entries.ts";

/** A line's place in its group: `first` shows the author, `last` the time or delivery. */
export interface Standing {
  readonly first: boolean;
  readonly last: boolean;
}

const togetherMs = 3 * 60_000;

/** The standing of each entry; system lines stand alone. */
export function standings(entries: readonly ChatEntry[]): Standing[] {
  return entries.map((entry, index) => ({
    first: !together(entries[index - 1], entry),
    last: !together(entry, entries[index + 1]),
  }));
}

function together(one: ChatEntry | undefined, next: ChatEntry | undefined): boolean {
  if (one?.kind !== "line" || next?.kind !== "line") return false;
  return sameAuthor(one, next) && sameReaders(one, next) && one.delivery === next.delivery &&
    next.at - one.at < togetherMs;
}

/** Private and public lines, or history and new lines, are never grouped. */
function sameReaders(one: LineEntry, next: LineEntry): boolean {
  return one.to?.peerId === next.to?.peerId && one.recent === next.recent;
}

function sameAuthor(one: LineEntry, next: LineEntry): boolean {
  return one.own ? next.own : !next.own && one.from === next.from && one.name === next.name;
}
