/**
 * Reads STUN and TURN servers. A browser throws on a list with one bad entry, and then no call in
 * the room connects, so this refuses what Chromium or Firefox throws on (RFC 7064, RFC 7065, W3C
 * webrtc-pc "validate an ICE server URL"). A test gives the same table to both browsers.
 */
import { Buffer } from "node:buffer";
import { type IceServer, readJson } from "../../protocol/mod.ts";
import { iceServer } from "../../protocol/fields.ts";
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import { canonicalAddress, canonicalHost } from "../../signaling/mod.ts";
import { BadValue } from "./bad_value.ts";

/** How many servers a welcome can hold, and how many addresses one server can have. */
export const iceServersMost = 16;

/** Bytes (RFC 8489, 14.3). */
const usernameMost = 509;

/** Ports of other protocols, on which Firefox refuses an ICE server (Fetch, "bad port"). */
const blockedPorts: ReadonlySet<number> = new Set(
  (
    "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 69 77 79 87 95 101 102 103 104 109 110 111 " +
    "113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 " +
    "540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 " +
    "5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
  ).split(" ").map(Number),
);
/** The ports below 1024 on which Chromium uses a relay (`TurnPort::AllowedTurnPort`). */
const lowPorts: readonly number[] = [53, 80, 443];

/** Whether Chromium and Firefox both use a relay on this port. */
export function isRelayPort(port: number): boolean {
  return (port >= 1024 || lowPorts.includes(port)) && !blockedPorts.has(port);
}

/** Reads a JSON list of `RTCIceServer`. */
export function iceServers(text: string): readonly IceServer[] {
  const read = checked(is.list(iceServer, iceServersMost), readJson(text));
  if (!read.ok) throw new BadValue(`a list of ICE servers (${read.reason})`);
  return read.message.map((server, index) => {
    const fault = (words: string) => new BadValue(`a list of ICE servers ([${index}]: ${words})`);
    const { urls, username = "", credential = "" } = server;
    const list = [urls].flat();
    if (list.length === 0) throw fault("urls is empty");
    const read = list.map((url) => iceUrl(url, fault));
    const relay = read.find((url) => url.startsWith("turn"));
    if (relay !== undefined && (username === "" || credential === "")) {
      throw fault(`${relay} needs a username and a credential`);
    }
    if (relay !== undefined && Buffer.byteLength(username) > usernameMost) {
      throw fault(`the username is longer than ${usernameMost} bytes`);
    }
    return { ...server, urls: typeof urls === "string" ? read.join() : read };
  });
}

/** Reads the address of a relay. */
export function turnUrl(text: string): string {
  const wanted = "a list of turn: or turns: URLs";
  const url = iceUrl(text, (words) => new BadValue(`${wanted} (${words})`));
  if (!url.startsWith("turn")) throw new BadValue(wanted);
  return url;
}

/** The canonical form of an address: lower-case scheme, punycode for an international name. */
function iceUrl(text: string, fault: (words: string) => BadValue): string {
  const [, given = "", rest = ""] = /^\s*([a-z][a-z\d+.-]*):(.*?)\s*$/i.exec(text) ?? [];
  const scheme = given.toLowerCase();
  if (!["stun", "turn", "turns"].includes(scheme)) {
    const reason = scheme === "stuns"
      ? "Firefox does not support stuns:"
      : "not a stun:, turn: or turns: URL";
    throw fault(`${JSON.stringify(text)}: ${reason}`);
  }
  const [address = "", ...queries] = rest.split("?");
  const query = queries.length === 0 ? "" : `?${queries.join("?")}`;
  if (query !== "" && (scheme === "stun" || !/^\?transport=(udp|tcp)$/.test(query))) {
    const allowed = scheme === "stun" ? "nothing" : "only ?transport=udp or ?transport=tcp";
    throw fault(`${JSON.stringify(text)}: ${allowed} may follow the address`);
  }
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(address) ?? [];
  const name = iceHost(host);
  if (name === undefined) {
    throw fault(
      `${
        JSON.stringify(text)
      } needs a host name or an IP address (IPv6 in brackets) after the scheme`,
    );
  }
  if (port === undefined) return `${scheme}:${name}${query}`;
  const number = Number(port);
  if (number < 1 || number > 65_535) {
    throw fault(`${JSON.stringify(text)}: the port must be from 1 to 65535`);
  }
  if (blockedPorts.has(number)) {
    throw fault(
      `${JSON.stringify(text)}: Firefox blocks port ${number}, which belongs to another protocol`,
    );
  }
  return `${scheme}:${name}:${number}${query}`;
}

/** The canonical host; undefined: a browser throws on it or cannot resolve it. */
export function iceHost(text: string): string | undefined {
  if (text.startsWith("[")) {
    // A zone is valid on one machine only, and Firefox throws on it.
    const address = text.includes("%") ? undefined : canonicalAddress(text.slice(1, -1));
    return address === undefined || !text.includes(":") ? undefined : text.toLowerCase();
  }
  const name = text.includes(":") ? undefined : canonicalHost(text);
  if (name === undefined || !/^[\w-]+(\.[\w-]+)*$/.test(name)) return undefined;
  // A URL parser reads `1` and `0x7f.1` as addresses, so they are not usable as names.
  const isAddress = canonicalAddress(name) !== undefined;
  return isAddress && name !== text ? undefined : name;
}
