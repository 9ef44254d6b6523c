/** Checks a request before it becomes a WebSocket, because Deno checks little of the handshake. */
import { subprotocols } from "../../protocol/mod.ts";
import { canonicalAddress, isSameHost } from "./host_name.ts";

/** What is read of a request; of a handshake there may be no `Request`. */
export type RequestFacts = Pick<Request, "method" | "url" | "headers">;

/** Whether a request wants to become a WebSocket. */
export function wantsUpgrade({ headers }: Pick<RequestFacts, "headers">): boolean {
  return headers.get("upgrade")?.toLowerCase() === "websocket";
}

/** Why an upgrade is refused, with the HTTP status that says so. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 426;
  readonly message: string;
}

/** The origins whose pages may connect. */
export interface OriginPolicy {
  /** Origins besides the server's; `*` admits every origin, and clients that send none. */
  readonly allowed: readonly string[];
  /** Host and port of this server in browsers, as in a Host header. */
  readonly host: string;
}

/** Why a handshake (RFC 6455, 4.2.1) or its origin is refused; undefined: it is not. */
export function refuseUpgrade(request: RequestFacts, policy: OriginPolicy): Refusal | undefined {
  const { headers } = request;
  if (!wantsUpgrade(request)) return { status: 426, message: "this address speaks WebSocket" };
  if (request.method !== "GET") return { status: 405, message: "the handshake is a GET" };
  const connection = headers.get("connection")?.toLowerCase().split(/\s*,\s*/) ?? [];
  if (!connection.includes("upgrade")) {
    return { status: 400, message: "Connection must be Upgrade" };
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
  const page = URL.parse(origin ?? "");
  // `null`, `file://` and the like name no host, so they cannot be compared.
  if (page === null || page.host === "") return false;
  if (allowed.includes(page.origin)) return true;
  // A proxy may speak another scheme than the page, so only host and port are compared.
  return isSameHost(page.host, host);
}

/** The sub-protocols that a handshake offers, the preferred one first. */
export function offeredProtocols({ headers }: Pick<RequestFacts, "headers">): readonly string[] {
  const list = headers.get("sec-websocket-protocol") ?? "";
  return list.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** The sub-protocol to answer with; undefined: none was offered; `unknown`: only other versions. */
export function chooseProtocol(offered: readonly string[]): string | undefined | "unknown" {
  if (offered.length === 0) return undefined;
  return subprotocols.find((known) => offered.includes(known)) ?? "unknown";
}

/** Whether an address is the machine, or a proxy on it; limits per address do not count it. */
export function isLoopback(address: string): boolean {
  const canonical = canonicalAddress(address);
  return canonical === "::1" || canonical?.startsWith("127.") === true;
}

/** What limits per address count: an IPv4 address, or the /64 network of an IPv6 address. */
export function addressUnit(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return address;
  if (!canonical.includes(":") || canonical === "::1") return canonical;
  const [head = "", tail = ""] = canonical.split("::");
  const [front, back] = [head, tail].map((part) => part === "" ? [] : part.split(":"));
  const groups = front?.length === 8 ? front : [
    ...front ?? [],
    ...new Array<string>(8 - (front?.length ?? 0) - (back?.length ?? 0)).fill("0"),
    ...back ?? [],
  ];
  return groups.slice(0, 4).join(":") + "::/64";
}
