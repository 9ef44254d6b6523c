/** Repairs misspelt page addresses: finds the page that is meant, or one to offer. */
import {
  isIgnorable,
  pathParts,
  roomInParts,
  stripped,
  unescaped,
} from "../protocol/room_address.ts";

/** The meaning of an address. `location` is always below the base path, so it stays on the site. */
export type Reading =
  | { readonly kind: "right" }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "offer"; readonly room: string; readonly location: string };

const right: Reading = { kind: "right" };
const pages = ["admin", "doctor"];
/** What follows the base path where there is nothing to repair, in most requests of programs. */
const plain = /^\/[a-z]+$/;
/** A fragment that was escaped with the query. */
const escapedFragment = /%23(?=(?:invite|owner|k)=)/i;
/** A secret that was sent here with an escaped fragment: this server must not have it. */
const sentSecret = /([#&]k(?:=|%3D))[^&]*/gi;
/** Punctuation after a link whose query ends with a switch. */
const afterSwitch =
  /([?&](?:join|camera|microphone|relay)=[01])(?:[^\w&=%#-]|%[2-9A-F][0-9A-F])+(?=#|$)/iu;

/** Reads the address of a request. `base`: the base path, "" or "/talk". */
export function readAddress({ pathname, search }: URL, base: string): Reading {
  if (search === "" && pathname.startsWith(base) && plain.test(pathname.slice(base.length))) {
    return right;
  }
  const all = pathParts(pathname, base);
  if (all === undefined) return right;
  const parts = all.filter((part) => !isIgnorable(part));
  const [first = ""] = parts;
  const page = stripped(unescaped(first)).toLowerCase();
  const lead = (path: string, rest = ""): Reading => {
    const location = base + path + joined(search, rest);
    return location === pathname + search ? right : { kind: "redirect", location };
  };
  // Without its slash the base path is the home page, too.
  if (parts.length === 0) return pathname === base && joined(search) === search ? right : lead("/");
  if (parts.length === 1 && pages.includes(page)) return lead(`/${page}`);
  // /r/ROOM/inside and /r/ROOM/doorbell, which pages and programs fetch.
  if (all.length === 3 && (all[2] === "inside" || all[2] === "doorbell")) return right;
  const found = roomInParts(parts);
  if (found === undefined) return right;
  const { room, sure, rest } = found;
  const path = `/r/${encodeURIComponent(room)}`;
  if (!sure) return { kind: "offer", room, location: base + path + joined(search, rest) };
  // Any way to escape the characters is correct.
  const [, written = ""] = parts;
  const isWritten = pathname === `${base}/r/${written}` && decodeURIComponent(written) === room;
  return isWritten && joined(search) === search ? right : lead(path, rest);
}

/** The query, repaired and joined with the query or fragment that was escaped with the name. */
function joined(query: string, rest = ""): string {
  const { search, hash } = new URL(rest, "http://local");
  const both = query !== "" && search !== "" ? `${query}&${search.slice(1)}` : query + search;
  // "&" may be escaped for HTML, even several times.
  const [path = "", ...fragment] = (both + hash).replace(/&(?:amp(?:;|%3B))+/gi, "&")
    .replace(escapedFragment, "#").replace(afterSwitch, "$1").split("#");
  const keys = fragment.map((part) => `#${part}`).join("");
  // The page that has only the name of the key asks for the whole link.
  return path + keys.replace(sentSecret, "$1");
}
