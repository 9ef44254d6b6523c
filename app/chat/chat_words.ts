/** What chat lines say in words. Pure. */
import type { ChatEntry, HappenedEntry, LineEntry } from "./chat_entries.ts";
import type { Words } from "../ui/words/mod.ts";
import { plain } from "./text/plain.ts";
import { counted, fill } from "../ui/phrases.ts";

/** A system line as a sentence. */
export function happening(
  { what, name: given, count = 1 }: HappenedEntry,
  { chat, common: { locale, someone } }: Words,
): string {
  // In a sealed room only verified people have a name.
  const name = given || someone;
  switch (what) {
    case "joined":
      return fill(chat.joined, { name });
    case "left":
      return fill(chat.left, { name });
    case "lost":
      return fill(chat.lost, { name });
    case "kicked":
      return fill(chat.kicked, { name });
    case "entered":
      return chat.entered;
    case "server-lost":
      return chat.serverLost;
    case "server-back":
      return chat.serverBack;
    case "gap":
      return chat.gap;
    case "missing":
      return fill(counted(chat.missing, { count, locale }), { name });
    default:
      return what satisfies never;
  }
}

/** The other person of a private line; undefined: it is public. */
export function confidant({ to, own, name }: LineEntry): string | undefined {
  return to === undefined ? undefined : own ? to.name : name;
}

/** Why an own line or edit was refused. */
export function refusalWords({ refusal, change, to }: LineEntry, { chat }: Words): string {
  if (change === "refused") return chat.unchanged;
  const name = to?.name ?? "";
  if (refusal === "no-such-peer") return fill(chat.refusedGone, { name });
  if (refusal === "no-private") return fill(chat.refusedPrivate, { name });
  return chat.refused;
}

/** A line's text in one short line. */
export function gist({ text, version }: LineEntry, { chat }: Words): string {
  return version === "deleted" ? chat.deleted : plain(text);
}

/** A line as screen readers announce it. */
export function spoken(entry: ChatEntry, words: Words): string {
  if (entry.kind === "happened") return happening(entry, words);
  const { chat, files } = words;
  if (entry.kind === "file") return fill(files.says, { name: entry.name, file: entry.file });
  const phrase = entry.to === undefined ? chat.says : chat.saysPrivately;
  return fill(phrase, { name: entry.name, text: plain(entry.text) });
}

/** Whether `selfId` can edit or delete an entry. */
export function isChangeable(entry: ChatEntry, selfId: string): entry is LineEntry {
  return entry.kind === "line" && entry.own && entry.from === selfId &&
    entry.delivery === "delivered" && entry.version !== "deleted";
}

/**
 * Whether an owner can delete a line of somebody else. What SkyRTC pages sent past the server
 * stays.
 */
export function isDeletable({ own, delivery, version, key, ref }: LineEntry): boolean {
  return !own && delivery === "delivered" && version !== "deleted" && key !== ref;
}
