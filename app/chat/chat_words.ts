/** What chat lines say in words. Pure. */
import type { ChatEntry, HappenedEntry, SaidEntry } from "./chat_store.ts";
import type { Words } from "../ui/words/mod.ts";
import { fill } from "../ui/phrases.ts";

/** What happened, as a sentence. */
export function happening({ what, name }: HappenedEntry, { chat }: Words): string {
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
    default:
      return what satisfies never;
  }
}

/** The other one of a private line's two; undefined: it is for everybody. */
export function confidant({ to, own, name }: SaidEntry): string | undefined {
  return to === undefined ? undefined : own ? to.name : name;
}

/** Why own words were not taken. */
export function refusalWords({ refusal, change, to }: SaidEntry, { chat }: Words): string {
  if (change === "refused") return chat.unchanged;
  const name = to?.name ?? "";
  if (refusal === "no-such-peer") return fill(chat.refusedGone, { name });
  if (refusal === "no-private") return fill(chat.refusedPrivate, { name });
  return chat.refused;
}

/** What a line says where there is room for little: one line of it. */
export function gist({ text, version }: SaidEntry, { chat }: Words): string {
  return version === "deleted" ? chat.deleted : text.replace(/`+/g, "").replace(/\s+/g, " ").trim();
}

/** A line as a screen reader is told of it. */
export function spoken(entry: ChatEntry, words: Words): string {
  if (entry.kind === "happened") return happening(entry, words);
  const { chat, files } = words;
  if (entry.kind === "file") return fill(files.says, { name: entry.name, file: entry.file });
  const phrase = entry.to === undefined ? chat.says : chat.saysPrivately;
  return fill(phrase, { name: entry.name, text: entry.text });
}

/** Whether `selfId` can change or take back an entry. */
export function isChangeable(entry: ChatEntry, selfId: string): entry is SaidEntry {
  return entry.kind === "said" && entry.own && entry.from === selfId &&
    entry.delivery === "delivered" && entry.version !== "deleted";
}
