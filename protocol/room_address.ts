/**
 * The room in the path of an address as people get it: with a slash or a full stop too many, broken by a mail program, in
 * capitals, encoded twice. What no room name can hold is never part of one, so most of it can mean one room only.
 */
import { roomName } from "./names.ts";

/** `sure`: the address can mean no other room. `rest`: a query and a fragment that were escaped with the name. */
export interface RoomInPath {
  readonly room: string;
  readonly sure: boolean;
  readonly rest: string;
}

/** What sentences, quotations and mail programs put around a link, and a hash before a name. */
const around = String
  .raw`[\s\p{C}\p{Z}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'\x60´.,;:!?*#<>/\\…。，、；：！？·•]+`;
const edges = new RegExp(`^${around}|${around}$`, "gu");
/** Characters that show nothing, wherever they are: soft hyphens, zero-width spaces, bidirectional controls. */
const invisible = /\p{Cf}+/gu;
const foreign = /[^\p{L}\p{N}\p{M}_-]+/gu;

/**
 * The parts of a path below `base` (the base path, "" or "/talk", in any case), without empty ones; undefined: it is
 * not below it.
 */
export function pathParts(path: string, base = ""): readonly string[] | undefined {
  const split = (path: string) => path.split(/\/|%2f/i).filter((part) => part !== "");
  const [parts, outer] = [split(path), split(base)];
  return outer.every((part, index) => parts[index]?.toLowerCase() === part.toLowerCase())
    ? parts.slice(outer.length)
    : undefined;
}

/** The room meant by the parts of a path, such as ["r", "tea"]; undefined: it means none. */
export function roomInParts(parts: readonly string[]): RoomInPath | undefined {
  if (!isMark(parts[0])) return undefined;
  // A whole link may stand where the name should be: /r/https://meet.example.org/r/tea
  const at = parts.findLastIndex((part, index) => isMark(part) && index + 1 < parts.length);
  const [name, ...more] = parts.slice(at + 1);
  const found = at < 0 || name === undefined ? undefined : roomInText(unescaped(name));
  if (name === undefined || found === undefined) return undefined;
  // The encoding of an escape that is not UTF-8 can only be guessed.
  const sure = found.sure && at === 0 && isWellEscaped(name) && more.every(isAround);
  return { ...found, sure };
}

/** Whether a part of a path says that a room's name follows. */
export function isMark(part = ""): boolean {
  return stripped(unescaped(part)).toLowerCase() === "r";
}

/** The room meant by a text where a room's name should be. */
export function roomInText(text: string): RoomInPath | undefined {
  const whole = roomName(text);
  if (whole !== undefined) return { room: whole, sure: true, rest: "" };
  // A link that was escaped as a whole.
  const [, written = "", rest = ""] = /^(#*[^?#]*)([?#].*)?$/su.exec(text) ?? [];
  const trimmed = stripped(written);
  const room = roomName(trimmed) ?? roomName(stripped(unescaped(trimmed)));
  if (room !== undefined) return { room, sure: true, rest: /^[?#]\w/u.test(rest) ? rest : "" };
  const [head = ""] = trimmed.split(/[/\\&]/u);
  const near = roomName(stripped(head).replace(foreign, "-").replace(/^-+|-+$/gu, ""));
  return near === undefined ? undefined : { room: near, sure: false, rest: "" };
}

/** Without what surrounds a link, and without what shows nothing. */
export function stripped(text: string): string {
  return text.replace(edges, "").replace(invisible, "").replace(edges, "");
}

/** Whether a part of a path holds nothing but what surrounds links. */
export function isAround(part: string): boolean {
  return /^index\.html?$/i.test(part) || stripped(unescaped(part)) === "";
}

/**
 * Without percent escapes. What is left of a character at the end of a link that was cut short goes; escapes of an older
 * encoding are read as Latin-1; a stray percent sign stays.
 */
export function unescaped(text: string): string {
  if (isWellEscaped(text)) return decodeURIComponent(text);
  const whole = text.replace(/(%[c-f][\da-f](%[89ab][\da-f]){0,2})?(%[\da-f]?)?$/i, "");
  const isUtf8 = /%[c-f][\da-f]%[89ab][\da-f]/i.test(text);
  if (isUtf8 && isWellEscaped(whole)) return decodeURIComponent(whole);
  return text.replace(
    /%([0-9a-f]{2})/gi,
    (_, hex: string) => String.fromCharCode(parseInt(hex, 16)),
  );
}

function isWellEscaped(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
