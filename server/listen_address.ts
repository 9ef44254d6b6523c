/** Addresses to listen on, and how to write and reach them. */
import { isLoopback } from "../signaling/mod.ts";

/** Whether a host means every interface. */
export function isEverywhere(host: string): boolean {
  return host === "::" || host === "0.0.0.0";
}

/** Whether only this machine reaches a server that listens on `host`. */
export function isLocalHost(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || isLoopback(host);
}

/** A host as in a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** The origin of a site at this host and port. */
export function originAt(
  host: string,
  { port, secure = false }: { port: number; secure?: boolean },
): string {
  const suffix = port === (secure ? 443 : 80) ? "" : `:${port}`;
  return `${secure ? "https" : "http"}://${urlHost(host)}${suffix}`;
}

/** The host under which this machine reaches a server that listens on `host`. */
export function reachableHost(host: string): string {
  return isEverywhere(host) ? "127.0.0.1" : host;
}

/** Opens a listener; throws if the address does not exist or the port is in use. */
type Listen = (address: { hostname: string; port: number }) => Disposable & { addr: Deno.NetAddr };

/**
 * The addresses to listen on for one `--host`. `::` is every interface over IPv6 and IPv4: one
 * socket if the system allows both on it, else two; IPv4 only on a machine without IPv6.
 * `localhost` is both loopback addresses, as far as the machine has them.
 */
export function listenHosts(host: string, listen: Listen = Deno.listen): readonly string[] {
  if (host === "localhost") {
    const loopback = ["127.0.0.1", "::1"].filter((hostname) => canListen(listen, { hostname }));
    return loopback.length === 0 ? [host] : loopback;
  }
  if (host !== "::") return [host];
  try {
    using both = listen({ hostname: "::", port: 0 });
    const { port } = both.addr;
    return canListen(listen, { hostname: "0.0.0.0", port }) ? ["::", "0.0.0.0"] : ["::"];
  } catch {
    return ["0.0.0.0"];
  }
}

function canListen(
  listen: Listen,
  { hostname, port = 0 }: { hostname: string; port?: number },
): boolean {
  try {
    listen({ hostname, port })[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
}
