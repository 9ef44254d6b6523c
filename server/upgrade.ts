/** Upgrades requests to sockets of the hub. */
import { closeCode, limits, RELAY_SUBPROTOCOL } from "../protocol/mod.ts";
import {
  addressUnit,
  chooseProtocol,
  type Connection,
  isAllowedOrigin,
  offeredProtocols,
  refuseUpgrade,
  type RequestFacts,
  type Site,
  type Socket,
} from "../signaling/mod.ts";
import type { Client } from "./client_address.ts";
import type { Parley } from "./parley.ts";

/** Deno pings an idle socket after this many seconds, and waits as long for the answer. */
const idleTimeoutSeconds = 20;

type UpgradeParts = Pick<Parley, "hub" | "settings" | "metrics" | "memory"> & {
  readonly client: Client;
};

/** A handshake that may become a socket. */
export interface Admission {
  /** The sub-protocol to answer with; "" for none. */
  readonly protocol: string;
  /** Counts the socket until it is open; returns what ends that. */
  begin(): () => void;
  /** Takes the open socket. */
  connect(socket: Socket): Connection;
}

/** Decides about a WebSocket handshake; a Response is the refusal, with a text. */
export function admit(
  request: RequestFacts,
  { hub, settings, metrics, memory, client }: UpgradeParts,
): Response | Admission {
  const { allowOrigin } = settings.config;
  const refusal = refuseUpgrade(request, { allowed: allowOrigin, host: client.host });
  if (refusal !== undefined) {
    const { status, message } = refusal;
    metrics.refusedUpgrade(status);
    const versions = { "sec-websocket-version": "13" };
    return new Response(message, { status, ...status === 426 && { headers: versions } });
  }
  const address = addressUnit(client.address);
  const shortage = shortageFor(address, { hub, memory });
  if (shortage !== undefined) {
    metrics.refusedUpgrade(shortage.status);
    return shortage;
  }
  const [first = "", ...others] = offeredProtocols(request);
  const protocol = chooseProtocol([first, ...others].filter((name) => name !== ""));
  if (protocol === "unknown") {
    // A browser sees the close code only if one of the protocols it offered was accepted.
    return { protocol: first, begin: () => () => {}, connect: refuseVersion };
  }
  const envelopes = protocol === RELAY_SUBPROTOCOL;
  return {
    protocol: protocol ?? "",
    begin: () => hub.beginHandshake(address),
    connect: (socket) => hub.connect(socket, { address, site: siteIn(client), envelopes }),
  };
}

/** Undefined: the request names no host. */
function siteIn({ host, port }: Client): Site | undefined {
  const hostname = URL.parse(`http://${host}`)?.hostname;
  return host === "" || hostname === undefined ? undefined : { hostname, port };
}

function refuseVersion(socket: Socket): Connection {
  socket.close(closeCode("version"), "version");
  return { receive: () => {}, violate: () => {}, closed: () => {} };
}

/** Answers a handshake by `Deno.upgradeWebSocket`: 101, or the refusal. */
export function upgrade(request: Request, parts: UpgradeParts): Response {
  const admission = admit(request, parts);
  if (admission instanceof Response) return admission;
  const { protocol } = admission;
  // Nothing after this may throw: an exception after the upgrade would end the listener.
  const { socket, response } = Deno.upgradeWebSocket(
    withProtocols(request, offeredProtocols(request)),
    { idleTimeout: idleTimeoutSeconds, protocol },
  );
  const arrived = admission.begin();
  listen(socket, { arrived, connect: () => admission.connect(poolSocket(socket)) });
  return response;
}

/**
 * The request with a list of sub-protocols that Deno can read: it finds none if no space follows
 * the commas, as in requests of Node. Deno upgrades no copy of a request, hence `Object.create`.
 */
function withProtocols(request: Request, offered: readonly string[]): Request {
  if (offered.length === 0) return request;
  const headers = new Headers(request.headers);
  headers.set("sec-websocket-protocol", offered.join(", "));
  return Object.create(request, { headers: { value: headers } });
}

/**
 * The answer that a handshake would get now: 204, or the refusal. Browsers hide the response to a
 * failed handshake, so a page without a socket asks here, by POST because browsers add Origin to
 * it.
 */
export function checkHandshake(
  { headers }: Request,
  { hub, settings, memory, client }: Omit<UpgradeParts, "metrics">,
): Response {
  const policy = { allowed: settings.config.allowOrigin, host: client.host };
  const answer = isAllowedOrigin(headers.get("origin"), policy)
    ? shortageFor(addressUnit(client.address), { hub, memory })
    : new Response("this origin may not connect; see --allow-origin", { status: 403 });
  return answer ?? new Response(null, { status: 204 });
}

/** The refusal if the server has no socket for an address now. */
function shortageFor(
  address: string,
  { hub, memory }: Pick<UpgradeParts, "hub" | "memory">,
): Response | undefined {
  if (memory.pressure === "critical") {
    const headers = { "retry-after": "30" };
    return new Response("the server is short of memory; try again later", { status: 503, headers });
  }
  if (hub.admits(address)) return undefined;
  return new Response("too many connections from this address", { status: 429 });
}

function listen(
  socket: WebSocket,
  { arrived, connect }: { arrived: () => void; connect: () => Connection },
): void {
  let connection: Connection | undefined;
  socket.onopen = () => {
    connection = connect();
    arrived();
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== "string") connection?.violate("binary");
    else if (isTooBig(data)) connection?.violate("too-big");
    else connection?.receive(data);
  };
  socket.onclose = ({ code, wasClean }) => {
    // If a ping is not answered, Deno reports 1001 as if the peer had closed the socket.
    connection?.closed(wasClean ? code : 1006);
    arrived();
  };
  socket.onerror = (event) => {
    event.preventDefault();
    // Of an open socket the close follows, with code 0; one that fails to open has no other event.
    if (connection === undefined) arrived();
  };
}

/** Counts UTF-8 bytes only if the cheap bounds do not decide: a code unit has 1 to 3 bytes. */
function isTooBig(frame: string): boolean {
  if (frame.length * 3 <= limits.frameBytes) return false;
  return frame.length > limits.frameBytes ||
    new TextEncoder().encode(frame).length > limits.frameBytes;
}

function poolSocket(socket: WebSocket): Socket {
  const attempt = (action: () => void) => {
    try {
      action();
    } catch {
      // The socket closed meanwhile, and the hub gets its close event.
    }
  };
  return {
    send: (frame) => attempt(() => socket.readyState === WebSocket.OPEN && socket.send(frame)),
    close: (code, reason) => attempt(() => socket.close(code, reason)),
    get backlog() {
      return socket.bufferedAmount;
    },
  };
}
