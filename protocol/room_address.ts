/**
 * Finds the room in a misspelt path: with extra slashes or full stops, broken by a mail program, in
 * capitals, encoded twice. Room names cannot contain these characters, so most paths mean one room
 * only.
 */
import { latePattern } from "./late_pattern.ts";
import { roomName } from "./names.ts";

/**
 * A room in a path. `sure`: the path can mean no other room. `rest`: a query and fragment that were
 * escaped with the name.
 */
export interface RoomInPath {
  readonly room: string;
  readonly sure: boolean;
  readonly rest: string;
}

/** Punctuation around a link in a text, and a hash before a name. */
const around = String
  .raw`[\s\p{C}\p{Z}\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'\x60´.,;:!?*#<>/\\…。，、；：！？·•]+`;
const edges = latePattern(() => new RegExp(`^${around}|${around}$`, "gu"));
/** Invisible characters anywhere: soft hyphens, zero-width spaces, bidirectional controls. */
const invisible = /\p{Cf}+/gu;
const foreign = /[^\p{L}\p{N}\p{M}_-]+/gu;

/**
 * The non-empty parts of a path below `base` ("" or "/talk", in any case); undefined if it is not
 * below.
 */
export function pathParts(path: string, base = ""): readonly string[] | undefined {
  const split = (path: string) => path.split(/\/|%2f/i).filter((part) => part !== "");
  const [parts, outer] = [split(path), split(base)];
  return outer.every((part, index) => parts[index]?.toLowerCase() === part.toLowerCase())
    ? parts.slice(outer.length)
    : undefined;
}

/** The room that the parts of a path name, such as ["r", "tea"]; undefined: none. */
export function roomInParts(parts: readonly string[]): RoomInPath | undefined {
  if (!isRoomPrefix(parts[0])) return undefined;
  // A whole link may be in the place of the name: /r/https://meet.example.org/r/tea
  const at = parts.findLastIndex((part, index) => isRoomPrefix(part) && index + 1 < parts.length);
  const [name, ...more] = parts.slice(at + 1);
  const found = at < 0 || name === undefined ? undefined : roomInText(unescaped(name));
  if (name === undefined || found === undefined) return undefined;
  // The encoding of an escape that is not UTF-8 can only be guessed.
  const sure = found.sure && at === 0 && isWellEscaped(name) && more.every(isIgnorable);
  return { ...found, sure };
}

/** Whether a part of a path is the `r` before a room's name. */
export function isRoomPrefix(part = ""): boolean {
  return stripped(unescaped(part)).toLowerCase() === "r";
}

/** The room that a text in the place of a room's name means; undefined: none. */
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

/** `text` without outer punctuation and invisible characters. */
export function stripped(text: string): string {
  return text.replace(edges(), "").replace(invisible, "").replace(edges(), "");
}

/** Whether a part of a path has only punctuation, or names an index page. */
export function isIgnorable(part: string): boolean {
  return /^index\.html?$/i.test(part) || stripped(unescaped(part)) === "";
}

/**
 * `text` with its percent escapes decoded. An incomplete character at the end of a cut link is
 * removed, escapes that are not UTF-8 are read as Latin-1, a stray percent sign stays.
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
