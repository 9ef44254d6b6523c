/** What a setting's text may be. Each reader returns the value or throws `BadValue` with what is allowed. */
import { type IceServer, readJson } from "../../protocol/mod.ts";
import { checked, iceServer } from "../../protocol/parse.ts";
import { isProxyEntry } from "../client_address.ts";
import * as is from "../../protocol/schema.ts";

/** A text that cannot be used; the message says what can: "a whole number from 1 to 9". */
export class BadValue extends Error {}

/** Turns the text of a setting into its value. */
export type Reader<T> = (text: string) => T;

export function whole({ least, most }: { least: number; most: number }): Reader<number> {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? value
      : refuse(`a whole number from ${least} to ${most}`);
  };
}

/** Anything but nothing. */
export function some(wanted: string): Reader<string> {
  return (text) => text === "" ? refuse(wanted) : text;
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Reader<T> {
  const words = [allowed.slice(0, -1).join(", "), ...allowed.slice(-1)].join(" or ");
  return (text) => allowed.find((word) => word === text) ?? refuse(words);
}

/** A switch: given without a value, it is on. */
export function yesOrNo(text: string): boolean {
  return text === "true" || (text !== "false" && refuse("true or false"));
}

/** Comma-separated parts, each read for itself. */
export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (text) =>
    text.split(",").map((part) => part.trim()).filter((part) => part !== "").map(read);
}

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
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/.test(text) && text.length <= 253
    ? text
    : refuse("a list of names such as talk.example.org");
}

/** Plain http is for a receiver on the same machine or network. */
export function webUrl(text: string): string {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === ""
    ? url.href
    : refuse("an address such as https://example.org/hook");
}

export function turnUrl(text: string): string {
  return /^turns?:[^\s?]+(\?transport=(udp|tcp))?$/.test(text)
    ? text
    : refuse("a list of turn: or turns: URLs");
}

/** An address, a network, or a word for several. */
export function proxy(text: string): string {
  return isProxyEntry(text)
    ? text
    : refuse("a list of addresses or networks such as 10.0.0.0/8, loopback or private");
}

export function iceServers(text: string): readonly IceServer[] {
  const read = checked(is.list(iceServer, 16), readJson(text));
  return read.ok ? read.message : refuse(`a list of ICE servers (${read.reason})`);
}

function refuse(wanted: string): never {
  throw new BadValue(wanted);
}
