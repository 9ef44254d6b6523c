/** Readers turn the text of a setting into its value, or throw `BadValue` with what is allowed. */
import { canonicalAddress, canonicalHost } from "../../signaling/mod.ts";
import { isListEntry } from "../address_list.ts";
import { BadValue } from "./bad_value.ts";

/** Turns the text of a setting into its value; throws `BadValue`. */
export type Reader<T> = (text: string) => T;

/** A whole number from `least` to `most`. */
export function whole({ least, most }: { least: number; most: number }): Reader<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? value
      : refuse(`a whole number from ${least} to ${most}`);
  };
}

/** Any text but the empty one. `wanted`: what the error asks for. */
export function some(wanted: string): Reader<string> {
  return (text) => text === "" ? refuse(wanted) : text;
}

/** An IP address, IPv6 with or without brackets, or a host name. */
export function listenAddress(text: string): string {
  const bare = text.replace(/^\[(.*:.*)\]$/, "$1");
  // A program can listen on a link-local address only if the zone is given.
  const [, address = "", zone = ""] = /^([^%]*)(%[\w.-]+)?$/.exec(bare) ?? [];
  const host = canonicalAddress(address);
  if (host !== undefined && (zone === "" || host.includes(":"))) return host + zone;
  return isHostName(bare)
    ? bare.toLowerCase()
    : refuse("an address or host name to listen on, such as ::, 127.0.0.1 or localhost");
}

/** RFC 1123. Digits and dots alone are a malformed IPv4 address. */
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

/** A switch; a flag without a value reads as "true". */
export function yesOrNo(text: string): boolean {
  return text === "true" || (text !== "false" && refuse("true or false"));
}

/** Comma-separated parts without duplicates, at most `most` of them. */
export function list<T>(read: Reader<T>, most = Infinity): Reader<readonly T[]> {
  return (text) => {
    const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
    return parts.length <= most
      ? [...new Set(parts.map(read))]
      : refuse(`a list of at most ${most} parts`);
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

/** A path within a site, without a slash at its end; "" is the top. */
export function basePath(text: string): string {
  return /^(\/[\w.~-]+)*\/?$/.test(text) ? text.replace(/\/$/, "") : refuse("a path such as /talk");
}

/** A name that a certificate can be issued for; HTTP-01 does not support wildcards. */
export function domain(text: string): string {
  const name = text.includes(":") ? "" : canonicalHost(text) ?? "";
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(name) && name.length <= 253
    ? name
    : refuse("a list of names such as talk.example.org");
}

/** An http or https URL; plain http is for a receiver on the same machine or network. */
export function webUrl(text: string): string {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === ""
    ? url.href
    : refuse("a URL such as https://example.org/hook");
}

/** A mailto: or https: address. */
export function contact(text: string): string {
  const url = URL.parse(text);
  const isMail = url?.protocol === "mailto:" && /^[^@\s]+@[^@\s]+$/.test(url.pathname);
  return url !== null && (isMail || url.protocol === "https:")
    ? url.href
    : refuse("an address such as mailto:ann@example.org or https://example.org");
}

/** An address, a network, or one of the words loopback and private. */
export function proxy(text: string): string {
  return isListEntry(text)
    ? text
    : refuse("a list of addresses or networks such as 10.0.0.0/8, loopback or private");
}

function refuse(wanted: string): never {
  throw new BadValue(wanted);
}
