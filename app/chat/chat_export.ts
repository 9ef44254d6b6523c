/** The chat as a text file. */
import type { ChatEntry, LineEntry } from "./chat_entries.ts";
import type { Words } from "../ui/words/mod.ts";
import { confidant, spoken } from "./chat_words.ts";
import { timeOfDay } from "../ui/clock.ts";
import { fill } from "../ui/phrases.ts";

/**
 * One paragraph per line, with day and time. `isCut`: older lines are missing; the first line says
 * so.
 */
export function chatAsText(
  entries: readonly ChatEntry[],
  { room, words, isCut = false }: { room: string; words: Words; isCut?: boolean },
): string {
  const { common, chat } = words;
  const time = ({ at }: ChatEntry) => `${day(at)} ${timeOfDay(at, common.locale)}`;
  const lines = entries.map((entry) => {
    const when = `[${time(entry)}]`;
    return entry.kind === "line"
      ? `${when} ${lineAsText(entry, words)}`
      : `${when} * ${spoken(entry, words)}`;
  });
  const [first] = entries;
  const cut = isCut && first ? ` (${fill(chat.saveCut, { time: time(first) })})` : "";
  return `${[`${common.product} · ${room}${cut}`, "", ...lines].join("\n")}\n`;
}

function lineAsText(entry: LineEntry, { chat, room }: Words): string {
  const { name, text, version, own } = entry;
  const other = confidant(entry);
  const marks = [
    other !== undefined && fill(chat.privateTo, { name: other }),
    version === "edited" && chat.edited,
    entry.delivery !== "delivered" && chat.notSent,
  ].filter((mark) => mark !== false);
  const mark = marks.length > 0 ? ` (${marks.join("; ")})` : "";
  const said = version === "deleted" ? `(${own ? chat.deletedOwn : chat.deleted})` : text;
  // Continuation lines are indented, so that no text can imitate another author's line.
  return `${name || room.you}${mark}: ${said.replaceAll("\n", "\n    ")}`;
}

function day(at: number): string {
  const date = new Date(at);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** Downloads a text. `at`: ms since the epoch, for the file name. */
export function saveText(text: string, { room, at }: { room: string; at: number }): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${room}-${day(at)}.txt`;
  link.click();
  // The browser reads it later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
