/**
 * What the URLs of ICE servers say: which relays a server names, and whose they are. The server
 * sends them in canonical form.
 */
import type { IceServer } from "./messages.ts";
import type { LinkReport } from "./peers.ts";

/** The ICE servers, and the address of the server that named them: a URL, or a page's location. */
export interface NamedRelays {
  readonly iceServers: readonly IceServer[];
  /** `port` is empty for the default one of the scheme. */
  readonly server: { readonly hostname: string; readonly port: string };
}

/**
 * Whose relay one end of a link uses. `here`: that of the server itself; over TLS, on the port of
 * its pages. `unknown`: the servers named do not tell.
 */
export type RelayPlace = "here" | "elsewhere" | "unknown";

/** One end at its relay. `url`: as ICE servers name it; not every browser tells it. */
export interface RelayEnd {
  readonly url?: string | undefined;
  readonly protocol: LinkReport["protocol"];
}

/** The URLs of all relays. */
export function relayUrls(iceServers: readonly IceServer[]): string[] {
  return iceServers.flatMap(({ urls }) => urls).filter((url) => /^turns?:/.test(url));
}

/** The transport to a relay: "turn:…" means UDP unless it has a `transport` parameter. */
export function transportOf(url: string): "udp" | "tcp" | "tls" {
  if (url.startsWith("turns:")) return "tls";
  return url.endsWith("?transport=tcp") ? "tcp" : "udp";
}

/** Whose relay it is. */
export function relayPlace({ url, protocol }: RelayEnd, relays: NamedRelays): RelayPlace {
  const urls = url === undefined
    ? relayUrls(relays.iceServers).filter((each) => transportOf(each) === protocol)
    : [url];
  const [place, ...others] = new Set(urls.map((each) => placeOf(each, relays.server)));
  return others.length > 0 ? "unknown" : place ?? "unknown";
}

/** A relay of the server itself has a port in its URL; over TLS it is the one of the pages. */
function placeOf(url: string, { hostname, port }: NamedRelays["server"]): RelayPlace {
  const ofPages = transportOf(url) === "tls" ? `${port || 443}?` : "";
  return url.replace(/^turns?:/, "").startsWith(`${hostname}:${ofPages}`) ? "here" : "elsewhere";
}
