/**
 * Finds room links in text typed or pasted into the home page's field: an invitation, a quotation,
 * a name. Invariants: a link keeps its query and fragment; a link to another server is never taken
 * for ours.
 */
import { attempt } from "../../protocol/attempt.ts";
import { isSecret } from "../../mesh/mod.ts";
import { roomName } from "../../protocol/names.ts";
import {
  isRoomPrefix,
  pathParts,
  roomInParts,
  roomInText,
  stripped,
  unescaped,
} from "../../protocol/room_address.ts";

/**
 * A room's link. `sure`: it is unambiguous. `host`: the other server, with its base path if the
 * host is ours; undefined: this server.
 */
export interface RoomLink {
  readonly room: string;
  readonly sure: boolean;
  readonly host: string | undefined;
  readonly href: string;
}

/** The result for a text. `no-room`: it has links, but none to a room. */
export type Pasted =
  | { readonly kind: "links"; readonly links: readonly RoomLink[] }
  | { readonly kind: "no-room" }
  | { readonly kind: "nothing" };

const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
/** Separators between words and around links; our links contain none of them unescaped. */
const between = /[\s<>()"“”„«»‹›「」『』（）【】《》、，。；|`]+/u;
const leading = /^[^\p{L}\p{N}/#[]+/u;
const trailing = /[^\p{L}\p{N}\p{M}_/=%~-]+$/u;
/** Also with one slash or none instead of two. */
const beginning = /https?:\/{0,2}(?=[\p{L}\d[])/giu;

/**
 * Finds the rooms in a text. `home`: the address of our home page,
 * "https://meet.example.org/talk/".
 */
export function readPasted(text: string, home: string): Pasted {
  const found = wordsOf(text).map((word) => urlsIn(word, home));
  const links = found.flatMap((urls) => firstLink(urls, home) ?? []);
  const sure = links.filter((link) => link.sure);
  if (sure.length > 0) return { kind: "links", links: distinct(sure) };
  const named = nameIn(text, home);
  if (named !== undefined) return { kind: "links", links: [named] };
  if (links.length > 0) return { kind: "links", links: distinct(links) };
  return { kind: found.flat().length > 0 ? "no-room" : "nothing" };
}

/** The words of a text, each of which may hold a link. */
function wordsOf(text: string): string[] {
  return text.replace(invisible, "")
    .replace(/&(?:lt|gt|quot|apos|nbsp|#\d+);/g, " ").replaceAll("&amp;", "&")
    // <https://…>: it may contain line breaks.
    .replace(/<(https?:[^<>|]*)>/gi, (_, link: string) => ` ${link.replace(/\s+/g, "")} `)
    // Mail programs break long lines, and quote them by ">": the digits of a secret are counted.
    .replace(
      /(?<=[#&]k=)([\w-]{1,42})[\s>]+([\w-]+)/g,
      (all, head: string, tail: string) => isSecret(head + tail) ? head + tail : all,
    )
    // ?name=Ann%20(work)&join=1: queries contain unescaped brackets.
    .replace(/(?<=[\w%=])\(([^\s()<>"/]*)\)(?=[\w&#%).,;]|\s|$)/gu, "%28$1%29")
    .split(between);
}

/** A pasted text as one line; the link, if only the formatting holds it. */
export function pastedLine({ plain, html }: { plain: string; html: string }, home: string): string {
  const line = plain.replace(/\s*[\r\n]+\s*/g, " ");
  if (readPasted(line, home).kind === "links" && urlsIn(line, home).length > 0) return line;
  const targets = [...html.matchAll(/\shref\s*=\s*["']?([^"'\s>]+)/gi)].map(([, href = ""]) =>
    href
  );
  return targets.find((href) => readPasted(href, home).kind === "links") ?? line;
}

/**
 * The addresses in one word: those with a scheme, else the word as an address without its
 * beginning.
 */
function urlsIn(word: string, home: string): URL[] {
  const starts = [...word.matchAll(beginning)];
  const urls = starts.length > 0
    ? starts.map(({ index }) => parsed(word.slice(index)))
    : [bareUrl(word, home)];
  return urls.filter((url) => url !== undefined);
}

function bareUrl(word: string, home: string): URL | undefined {
  const bare = word.replace(leading, "");
  // Our address without its beginning; the base path may be missing too.
  if (/^\/?r\/./i.test(bare)) return parsed(bare.replace(/^\//, ""), home);
  if (/^(\/|#).*[^/]/.test(bare)) return parsed(bare, home);
  const host = /^([\p{L}\d-]+(\.[\p{L}\d-]+)*\.?|\[[\da-f:]+\])(:\d+)?(?=\/|$)/iu.exec(bare)?.[0];
  if (host === undefined || !/\.[\p{L}\d]|:|^localhost/u.test(host)) return undefined;
  const { host: ours, protocol } = new URL(home);
  // Machines on the local network seldom have a certificate.
  const isNear = /^(localhost|\[.*\]|[\d.]+)(:\d+)?$/.test(host);
  const scheme = host.toLowerCase() === ours ? protocol : isNear ? "http:" : "https:";
  return parsed(`${scheme}//${bare}`);
}

function parsed(text: string, home?: string): URL | undefined {
  // URL.parse() is missing in browsers of 2024.
  const url = attempt(() => new URL(text.replace(trailing, ""), home));
  return url !== undefined && /^https?:$/.test(url.protocol) ? url : undefined;
}

/**
 * The first room among the addresses in one word. Mail programs and search engines wrap links in
 * their own.
 */
function firstLink(urls: readonly URL[], home: string): RoomLink | undefined {
  const here = urls.flatMap((url) => linkOf(url, home) ?? []);
  return here[0] ?? urls.flatMap((url) => wrapped(url, home) ?? [])[0];
}

/** The room of an address; undefined: it is not a room link. */
function linkOf(url: URL, home: string): RoomLink | undefined {
  const parts = pathParts(url.pathname) ?? [];
  const at = parts.findIndex((part, index) => isRoomPrefix(part) && index + 1 < parts.length);
  const found = at < 0 ? roomInFragment(url) : roomInParts(parts.slice(at));
  if (found === undefined) return undefined;
  const above = parts.slice(0, at < 0 ? undefined : at).map((part) => `/${part}`).join("");
  const ours = new URL(home);
  const ourBase = ours.pathname.replace(/\/+$/, "");
  const isOurHost = bareHost(url) === bareHost(ours);
  const isOurs = isOurHost && above.toLowerCase() === ourBase.toLowerCase();
  // Only the other server knows which names its rooms have.
  if (!found.sure && !isOurs) return undefined;
  const base = isOurs ? ourBase : above;
  const rest = url.search + (at < 0 ? "" : url.hash) + found.rest;
  const path = `${base}/r/${encodeURIComponent(found.room)}${rest}`;
  return {
    room: found.room,
    sure: found.sure,
    host: isOurs ? undefined : isOurHost ? url.host + base : url.host,
    // Without user info, which only serves to deceive.
    href: isOurs ? path : `${url.protocol}//${url.host}${at < 0 ? `/${url.hash}` : path}`,
  };
}

/** `https://meet.example.org/#tea`, as older pages wrote it. */
function roomInFragment({ pathname, hash }: URL) {
  const found = pathname.endsWith("/") ? roomInText(unescaped(hash.slice(1))) : undefined;
  return found?.rest === "" ? found : undefined;
}

function wrapped(url: URL, home: string): RoomLink | undefined {
  for (const value of url.searchParams.values()) {
    const inner = /^https?:\/\//i.test(value) ? parsed(value) : undefined;
    const link = inner && firstLink([inner], home);
    if (link !== undefined) return link;
  }
}

/** Host and port for either scheme, without a trailing dot. */
function bareHost({ hostname, port }: URL): string {
  return `${hostname.replace(/\.$/, "")}:${port}`;
}

/** The room of a plain name; people write "tea room" for tea-room. */
function nameIn(text: string, home: string): RoomLink | undefined {
  const name = text.trim().replace(/\/+$/, "");
  if (name.includes("/")) return undefined;
  const found = roomInText(name);
  const room = found?.sure ? found.room : roomName(stripped(name).replace(/\s+/gu, "-"));
  if (room === undefined) return undefined;
  const base = new URL(home).pathname.replace(/\/+$/, "");
  const href = `${base}/r/${encodeURIComponent(room)}${found?.rest ?? ""}`;
  return { room, sure: true, host: undefined, href };
}

/** One link per room: the one with the secret, or the most parameters. */
function distinct(links: readonly RoomLink[]): RoomLink[] {
  const rooms = new Map<string, RoomLink>();
  for (const link of links) {
    const key = `${link.room} ${link.host ?? ""}`;
    const known = rooms.get(key);
    if (known === undefined || worth(link) > worth(known)) rooms.set(key, link);
  }
  return [...rooms.values()];
}

function worth({ href }: RoomLink): number {
  const parts = [/\?/, /#/, /[#&]k=/];
  return parts.reduce((sum, part, index) => sum + (part.test(href) ? 2 ** index : 0), 0);
}
