/**
 * One request to a push service. Its address was chosen by a client, so that it must not become a
 * way into the server's own network. Invariants:
 * 1 Only https at port 443 of a public address is reached, except for origins that the operator
 *   names. The address is checked after the name is resolved, and it is the one that is connected.
 * 2 A redirect is not followed, and no more than the head of the response is read.
 * 3 A request ends after `patienceMs`.
 */
import { lookup } from "node:dns/promises";
import { isPublic } from "../turn/peer_policy.ts";

/** A message for one browser. */
export interface PushRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The answer of a push service. `retryAfter`: as it wrote it. */
export interface PushAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** How addresses are found and connected. */
export interface PushWays {
  /** Origins that may be private, or plain http. */
  readonly origins: readonly string[];
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  /** Certificates in PEM that are trusted besides those of the system. */
  readonly caCerts?: string[];
}

/** Time for a whole request, ms. */
const patienceMs = 10_000;
/** Bytes of a response's head. */
const headMost = 16 * 1024;
/** Addresses of one name that are tried. */
const addressesMost = 3;

/** Why an endpoint is not reached, in words; undefined: it may be. Names are not resolved here. */
export function endpointFault(endpoint: string, origins: readonly string[]): string | undefined {
  const url = URL.parse(endpoint);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") {
    return "the endpoint is not an address of a push service";
  }
  if (origins.includes(url.origin)) return undefined;
  if (url.protocol !== "https:" || url.port !== "") {
    return "the endpoint is not an https address with the usual port";
  }
  const isLiteral = /^\[|^[\d.]+$/.test(url.hostname);
  const isPrivate = isLiteral && !isPublic(url.hostname.replace(/^\[|\]$/g, ""));
  return isPrivate ? "the endpoint is not a public address" : undefined;
}

/** The connections of one request. */
interface Opened {
  readonly connections: Deno.Conn[];
  isOver: boolean;
}

/** Sends a message. Rejects if the push service is not reached, or may not be. */
export async function push(request: PushRequest, ways: PushWays): Promise<PushAnswer> {
  const fault = endpointFault(request.endpoint, ways.origins);
  if (fault !== undefined) throw new Error(fault);
  const opened: Opened = { connections: [], isOver: false };
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error(`no answer within ${patienceMs} ms`)),
    patienceMs,
  );
  try {
    return await Promise.race([exchange(request, { ...ways, opened }), late]);
  } finally {
    clearTimeout(timer);
    closeAll(opened);
  }
}

async function exchange(
  { endpoint, headers, body }: PushRequest,
  ways: PushWays & { readonly opened: Opened },
): Promise<PushAnswer> {
  const url = new URL(endpoint);
  const connection = await connect(url, ways);
  const fields = { ...headers, "content-length": String(body.length), connection: "close" };
  const head = [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
  ].join("\r\n");
  await writeAll(connection, new TextEncoder().encode(`${head}\r\n\r\n`));
  await writeAll(connection, body);
  return answerIn(await readHead(connection));
}

async function connect(
  url: URL,
  { origins, resolve = addressesOf, caCerts, opened }: PushWays & { readonly opened: Opened },
): Promise<Deno.Conn> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const addresses = await resolve(hostname);
  const isNamed = origins.includes(url.origin);
  if (addresses.length === 0) throw new Error(`${hostname} has no address`);
  if (!isNamed && !addresses.every(isPublic)) throw new Error(`${hostname} is not public`);
  const isTls = url.protocol === "https:";
  const port = Number(url.port || (isTls ? 443 : 80));
  const connection = await firstOf(addresses.slice(0, addressesMost), port);
  keep(connection, opened);
  if (!isTls) return connection;
  const secured = await Deno.startTls(connection, { hostname, ...caCerts && { caCerts } });
  keep(secured, opened);
  return secured;
}

async function firstOf(addresses: readonly string[], port: number): Promise<Deno.TcpConn> {
  let last: unknown;
  for (const hostname of addresses) {
    try {
      return await Deno.connect({ hostname, port });
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

async function addressesOf(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address);
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

/** The head of the response as text; the rest is left unread. */
async function readHead(connection: Deno.Conn): Promise<string> {
  const buffer = new Uint8Array(headMost);
  const decoder = new TextDecoder("latin1");
  for (let length = 0; length < headMost;) {
    const count = await connection.read(buffer.subarray(length));
    if (count === null) break;
    length += count;
    const [head, rest] = decoder.decode(buffer.subarray(0, length)).split("\r\n\r\n");
    if (head !== undefined && rest !== undefined) return head;
  }
  throw new Error("the push service sent no response");
}

function answerIn(head: string): PushAnswer {
  const [first = "", ...lines] = head.split("\r\n");
  const [, status] = /^HTTP\/1\.[01] (\d{3})/.exec(first) ?? [];
  if (status === undefined) throw new Error("the push service does not speak HTTP/1.1");
  const field = lines.find((line) => /^retry-after:/i.test(line));
  return { status: Number(status), retryAfter: field?.slice(field.indexOf(":") + 1).trim() };
}

/** Closes it with the request, or at once if that is over. */
function keep(connection: Deno.Conn, opened: Opened): void {
  opened.connections.push(connection);
  if (opened.isOver) closeAll(opened);
}

function closeAll(opened: Opened): void {
  opened.isOver = true;
  for (const connection of opened.connections.splice(0)) {
    try {
      connection.close();
    } catch {
      // Closed already, or now part of the TLS connection.
    }
  }
}
