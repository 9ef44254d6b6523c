/** What a setting's text may be. Each reader returns the value or throws `BadValue` with what is allowed. */
import { canonicalAddress, canonicalHost } from "../../signaling/mod.ts";
import { isProxyEntry } from "../client_address.ts";
import { BadValue } from "./bad_value.ts";

/** Turns the text of a setting into its value. */
export type Reader<T> = (text: string) => T;

/** A whole number within bounds. */
export function whole({ least, most }: { least: number; most: number }): Reader<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? value
      : refuse(`a whole number from ${least} to ${most}`);
  };
}

/** Any text except the empty one. */
export function some(wanted: string): Reader<string> {
  return (text) => text === "" ? refuse(wanted) : text;
}

/** An IP address, IPv6 with or without brackets, or a host name. */
export function listenAddress(text: string): string {
  const bare = text.replace(/^\[(.*:.*)\]$/, "$1");
  // A link-local address is only a place to listen on with its zone.
  const [, address = "", zone = ""] = /^([^%]*)(%[\w.-]+)?$/.exec(bare) ?? [];
  const host = canonicalAddress(address);
  if (host !== undefined && (zone === "" || host.includes(":"))) return host + zone;
  return isHostName(bare)
    ? bare.toLowerCase()
    : refuse("an address or host name to listen on, such as ::, 127.0.0.1 or localhost");
}

/** RFC 1123; digits alone would be an IPv4 address that is none. */
function isHostName(text: string): boolean {
  if (/^[\d.]+$/.test(text)) return false;
  const label = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;
  return text.length <= 253 && text.replace(/\.$/, "").split(".").every((part) => label.test(part));
}

/** One of the given words. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  const words = [allowed.slice(0, -1).join(", "), ...allowed.slice(-1)].join(" or ");
  return (text) => allowed.find((word) => word === text) ?? refuse(words);
}

/** A switch: given without a value, it is on. */
export function yesOrNo(text: string): boolean {
  return text === "true" || (text !== "false" && refuse("true or false"));
}

/** Comma-separated parts, each read for itself and once; `most`: how many at most. */
export function list<T>(read: Reader<T>, most = Infinity): Reader<readonly T[]> {
  return (text) => {
    const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
    return parts.length <= most
      ? [...new Set(parts.map(read))]
      : refuse(`a list of at most ${most}`);
  };
}

/** The origin of an http or https site. */
export function origin(text: string): string {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === ""
    ? url.origin
    : refuse("a list of origins such as https://example.org");
}

/** An origin, or `*` for all. */
export function originOrAll(text: string): string {
  return text === "*" ? text : origin(text);
}

/** Of a site; "" and "/" are its top. */
export function basePath(text: string): string {
  return /^(\/[\w.~-]+)*\/?$/.test(text) ? text.replace(/\/$/, "") : refuse("a path such as /talk");
}

/** A name that a certificate can be for; HTTP-01 knows no wildcards. */
export function domain(text: string): string {
  const name = text.includes(":") ? "" : canonicalHost(text) ?? "";
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(name) && name.length <= 253
    ? name
    : refuse("a list of names such as talk.example.org");
}

/** Plain http is for a receiver on the same machine or network. */
export function webUrl(text: string): string {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === ""
    ? url.href
    : refuse("an address such as https://example.org/hook");
}

/** An address, a network, or a word for several. */
export function proxy(text: string): string {
  return isProxyEntry(text)
    ? text
    : refuse("a list of addresses or networks such as 10.0.0.0/8, loopback or private");
}

function refuse(wanted: string): never {
  throw new BadValue(wanted);
}
