/** The addresses at which pages find the STUN and TURN of this server. */
import type { Site } from "../../signaling/mod.ts";
import { isLocalHost } from "../listen_address.ts";
import { iceHost, isRelayPort } from "../settings/ice_servers.ts";

/** Where this server answers. */
export interface TurnReach {
  /** Undefined: not over UDP. */
  readonly udp: TurnPort | undefined;
  /** Undefined: not over TCP. */
  readonly tcp: TurnPort | undefined;
  /** Whether the port of TCP has TLS. */
  readonly secure: boolean;
  /** Addresses or a name of this machine, if the name of the site leads to other machines too. */
  readonly own?: readonly string[];
}

/** One port. */
export interface TurnPort {
  readonly port: number;
  /** Whether only this machine can reach it. */
  readonly isLocal: boolean;
}

/**
 * URLs (RFC 7064, RFC 7065) for the pages of a site, in the order in which they are worth trying.
 * None that a browser would throw on, or that leads to the browser's own machine.
 */
export function turnUrls(site: Site | undefined, { own = [], ...reach }: TurnReach): string[] {
  if (site === undefined) return [];
  if (own.length === 0) return urlsAt(site, reach);
  return own.flatMap((host) => {
    const isName = !/:|\d$/.test(host);
    const hostname = host.includes(":") ? `[${host}]` : host;
    // A certificate is for a name.
    return urlsAt({ hostname, port: undefined }, { ...reach, secure: reach.secure && isName });
  });
}

function urlsAt({ hostname, port }: Site, { udp, tcp, secure }: TurnReach): string[] {
  const host = iceHost(hostname);
  if (host === undefined) return [];
  const isUsable = ({ port, isLocal }: TurnPort) =>
    isRelayPort(port) && (!isLocal || isLocalHost(host));
  const urls: string[] = [];
  if (udp !== undefined && isUsable(udp)) {
    urls.push(`stun:${host}:${udp.port}`, `turn:${host}:${udp.port}?transport=udp`);
  }
  // A forwarded port has another number outside, which the page has used already.
  const outside = tcp && { ...tcp, port: port ?? tcp.port };
  if (outside !== undefined && isUsable(outside)) {
    const place = `${host}:${outside.port}?transport=tcp`;
    urls.push(`turn:${place}`);
    if (secure) urls.push(`turns:${place}`);
  }
  return urls;
}
