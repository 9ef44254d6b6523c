/** What is asked of a request before it may become a socket. Deno checks hardly anything of the handshake itself. */
import { RELAY_SUBPROTOCOL, SUBPROTOCOL } from "../protocol/mod.ts";

/** Whether a request wants to become a WebSocket. */
export function wantsUpgrade(request: Request): boolean {
  return request.headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** Why an upgrade is refused, with the HTTP status that says so. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 426;
  readonly message: string;
}

/** Whose pages may connect. */
export interface OriginPolicy {
  /** Origins besides the page's own; `*` admits every one, and clients that send none. */
  readonly allowed: readonly string[];
  /** Host and port by which browsers know this server, as in a Host header. */
  readonly host: string;
}

/** Checks the handshake (RFC 6455, 4.2.1) and its Origin; undefined when all is well. */
export function refuseUpgrade(request: Request, policy: OriginPolicy): Refusal | undefined {
  const { headers } = request;
  if (!wantsUpgrade(request)) return { status: 426, message: "this address speaks WebSocket" };
  if (request.method !== "GET") return { status: 405, message: "the handshake is a GET" };
  const connection = headers.get("connection")?.toLowerCase().split(/\s*,\s*/) ?? [];
  if (!connection.includes("upgrade")) {
    return { status: 400, message: "Connection must say Upgrade" };
  }
  if (headers.get("sec-websocket-version") !== "13") {
    return { status: 426, message: "Sec-WebSocket-Version must be 13" };
  }
  if (!/^[A-Za-z0-9+/]{22}==$/.test(headers.get("sec-websocket-key") ?? "")) {
    return { status: 400, message: "Sec-WebSocket-Key must be 16 bytes in base64" };
  }
  if (!isAllowedOrigin(headers.get("origin"), policy)) {
    return { status: 403, message: "this origin may not connect, see --allow-origin" };
  }
}

/** Whether pages of an origin may connect; `origin`: the header, null without one. */
export function isAllowedOrigin(origin: string | null, { allowed, host }: OriginPolicy): boolean {
  if (allowed.includes("*")) return true;
  if (origin === null || origin === "null") return false;
  if (allowed.includes(origin)) return true;
  // A proxy may speak another scheme than the page, so only host and port are compared.
  // Without a host in either nothing says that they are the same: `file://` has none.
  return host !== "" && URL.parse(origin)?.host === host.toLowerCase();
}

/** The sub-protocol to answer with; `unknown` when the client offers only ones of other versions. */
export function chooseProtocol({ headers }: Request): string | undefined | "unknown" {
  const offered = headers.get("sec-websocket-protocol")?.split(",").map((name) => name.trim());
  if (offered === undefined) return undefined;
  return [RELAY_SUBPROTOCOL, SUBPROTOCOL].find((known) => offered.includes(known)) ?? "unknown";
}

/** Whether an address is the machine itself, or a proxy on it: per-address limits do not count those. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** The unit per-address limits count by: an IPv4 address, or the /64 network of an IPv6 one. */
export function addressUnit(hostname: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(hostname)?.[1];
  if (mapped !== undefined) return mapped;
  if (!hostname.includes(":") || hostname === "::1") return hostname;
  const [head = "", tail] = hostname.toLowerCase().split("%")[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = new Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0");
  const groups = tail === undefined ? front : [...front, ...zeros, ...back];
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, "")).join(":") + "::/64";
}
