/** The words of a transfer. Pure. */
import type { FileCard, FileRow } from "./file_card.ts";
import type { Unusable } from "./files_store.ts";
import type { FileFailure } from "../../mesh/files/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { byteSize, timeSpan } from "../ui/amounts.ts";
import { counted, fill } from "../ui/phrases.ts";

/** A line with its tone; colour never stands alone. */
export interface FileLine {
  readonly text: string;
  readonly tone: "plain" | "good" | "wait" | "bad";
}

/** The limit of a browser without file storage, bytes; same as in mesh/files/browser_storage.ts. */
export const memoryBytes = 64 * 1024 * 1024;
/** The limit for pages of the SkyRTC dialect, bytes; same as in mesh/. */
export const skyrtcBytes = 16_000_000;

/** The size of a file, or that it is empty. */
export function sizeWords(size: number, { files, common: { locale } }: Words): string {
  return size === 0 ? files.empty : byteSize(size, locale);
}

/** Why a picture is not shown; undefined: it is shown, or there is none. */
export function hugeWords({ huge }: FileCard, { files, common: { locale } }: Words) {
  if (huge.value === undefined) return undefined;
  const { width, height } = huge.value;
  const number = new Intl.NumberFormat(locale);
  return fill(files.huge, { width: number.format(width), height: number.format(height) });
}

/** Why a dropped or picked item cannot be sent. */
export function unusableWords(item: Unusable, { files, owners }: Words): string {
  if (item.why === "reserved") return owners.filesReserved;
  return fill(files.unusable[item.why], { file: item.name });
}

/** The state of a transfer in one sentence. */
export function fileLine({ transfer, person, ...pace }: FileRow, words: Words): FileLine {
  const { files } = words;
  const { state, size, direction } = transfer;
  const own = direction === "out";
  switch (state.kind) {
    case "waiting":
      return { text: files.waiting, tone: "wait" };
    case "offered":
      return own ? { text: files.asked, tone: "plain" } : {
        text: fill(files.straightFrom, { size: sizeWords(size, words), name: person }),
        tone: "plain",
      };
    case "opening":
      return { text: files.opening, tone: "plain" };
    case "moving":
      return { text: movement({ bytes: state.bytes, size, ...pace }, words), tone: "plain" };
    case "paused":
      return { text: files.paused, tone: "wait" };
    case "checking":
      return { text: files.checking, tone: "plain" };
    case "done":
      return { text: arrival(transfer, words), tone: "good" };
    case "declined":
      return { text: files.declined, tone: "plain" };
    case "cancelled":
      return {
        text: state.by === "self" ? files.stoppedSelf : fill(files.stoppedPeer, { name: person }),
        tone: "plain",
      };
    case "failed":
      return { text: failure({ state, person, own }, words), tone: "bad" };
    default:
      return state satisfies never;
  }
}

function movement(
  { bytes, size, rate, remaining }:
    & { bytes: number; size: number }
    & Omit<FileRow, "transfer" | "person">,
  { files, common: { locale } }: Words,
): string {
  const part = byteSize(bytes, locale);
  const parts = [fill(files.moved, { part, size: byteSize(size, locale) })];
  if (rate !== undefined) parts.push(fill(files.perSecond, { size: byteSize(rate, locale) }));
  if (remaining !== undefined) parts.push(fill(files.left, { time: timeSpan(remaining, locale) }));
  return parts.join(" · ");
}

function arrival({ direction, state }: FileRow["transfer"], { files }: Words): string {
  if (direction === "out") return files.sent;
  const stored = state.kind === "done" ? state.stored : undefined;
  if (stored?.place === "chosen") return files.saved;
  return stored?.file.type.startsWith("image/") ? files.received : files.downloads;
}

/** Whether this browser can be the side that failed. */
function isOwn(reason: FileFailure): reason is keyof Words["files"]["failed"]["self"] {
  return reason !== "unsupported" && reason !== "left" && reason !== "lost" && reason !== "too-big";
}

/** Why it failed, and that nothing was saved. */
function failure(
  { state, person, own }: {
    state: Extract<FileRow["transfer"]["state"], { kind: "failed" }>;
    person: string;
    own: boolean;
  },
  { files, common: { locale } }: Words,
): string {
  const { self, peer } = files.failed;
  const { reason, by } = state;
  const phrase = by === "self" && isOwn(reason) ? self[reason] : peer[reason];
  const size = byteSize(reason === "too-big" ? skyrtcBytes : memoryBytes, locale);
  const why = fill(phrase, { name: person, size });
  return own ? why : `${why} ${files.nothingKept}`;
}

/** A long name shortened in the middle to `most` characters, so that its extension stays. */
export function shortName(name: string, most = 44): string {
  const characters = [...name];
  if (characters.length <= most) return name;
  const tail = characters.slice(-12).join("");
  return `${characters.slice(0, most - 13).join("")}…${tail}`;
}

/** The announcement of a finished transfer; empty for the person's own actions. */
export function fileNews(
  { name: file, row }: { name: string; row: FileRow },
  words: Words,
): string {
  const { news } = words.files;
  const { transfer: { state, direction }, person: name } = row;
  if (state.kind === "done") {
    return direction === "out" ? fill(news.sent, { name, file }) : fill(news.received, { file });
  }
  if (state.kind === "declined") {
    return direction === "out" ? fill(news.declined, { name, file }) : "";
  }
  if (state.kind === "cancelled") return state.by === "self" ? "" : fill(news.stopped, { file });
  return state.kind === "failed" ? fill(news.failed, { file, why: fileLine(row, words).text }) : "";
}

/** The recipients of an own file. */
export function addressees({ rows }: FileCard, words: Words): string {
  const { files } = words;
  const [first, ...others] = rows.value;
  if (first !== undefined && others.length === 0) return fill(files.toOne, { name: first.person });
  return counted(files.toMany, { count: rows.value.length, locale: words.common.locale });
}
