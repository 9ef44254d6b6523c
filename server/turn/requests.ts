/** Answers the signed requests of TURN (RFC 8656, sections 7, 8, 10 and 12). */
import { Allocation } from "./allocation.ts";
import type { Allocations } from "./allocations.ts";
import type { User } from "./authentication.ts";
import { type Endpoint, type Family, familyFrom, familyOf } from "./endpoint.ts";
import type { RelayPorts, TakenPort } from "./relay_ports.ts";
import { isChannel } from "./stream_framing.ts";
import {
  addressAttribute,
  type Attribute,
  attributes,
  methods,
  numberAttribute,
  readNumber,
  readPeers,
  type StunMessage,
} from "./stun_message.ts";
import type { TurnClient } from "./turn_client.ts";

/** A success answer, or an error with this code. */
export interface Answer {
  readonly code?: number;
  readonly list: readonly Attribute[];
  /** Who has signed the request; the answer is signed too. */
  readonly user?: User;
}

/** What one member, and everybody together, may take. */
export interface TurnLimits {
  readonly allocationsPerPeer: number;
  readonly allocations: number;
}

/** What a request is answered with. */
export interface RequestContext {
  readonly client: TurnClient;
  readonly user: User;
  /** Of a clock that never goes back, ms. */
  readonly now: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly ports: RelayPorts;
  readonly allocations: Allocations;
  readonly limits: TurnLimits;
  /** Whether packets may leave this server for an address. */
  readonly isPeerAllowed: (hostname: string) => boolean;
  readonly add: (allocation: Allocation) => void;
  readonly end: (allocation: Allocation) => void;
}

/**
 * How long an allocation lasts unless it is refreshed, seconds: the least that RFC 8656 allows
 * (section 7.2), whatever a client asks for, so that what nobody uses ends soon.
 */
const lifetimeSeconds = 600;
/** UDP, as REQUESTED-TRANSPORT names it. */
const udp = 17;

/** An error answer. */
export function refuse(code: number, list: readonly Attribute[] = []): Answer {
  return { code, list };
}

/** Carries a request out. */
export function answerRequest(request: StunMessage, context: RequestContext): Answer {
  const allocation = context.allocations.of(context.client);
  if (allocation !== undefined && allocation.facts.peerId !== context.user.peerId) {
    return refuse(441);
  }
  if (request.method === methods.allocate) return allocate(request, { allocation, context });
  if (allocation === undefined) return refuse(437);
  switch (request.method) {
    case methods.refresh:
      return refresh(request, { allocation, context });
    case methods.createPermission:
      return createPermission(request, { allocation, context });
    case methods.channelBind:
      return bindChannel(request, { allocation, context });
    default:
      return refuse(400);
  }
}

function allocate(
  request: StunMessage,
  { allocation, context }: { allocation: Allocation | undefined; context: RequestContext },
): Answer {
  const transaction = request.mask.toHex();
  if (allocation !== undefined) {
    // The answer was lost, and the request has come again.
    return allocation.facts.transaction === transaction
      ? allocated(request, { allocation, now: context.now })
      : refuse(437);
  }
  const { client, user, now, limits, allocations, add } = context;
  const wanted = readWanted(request, context);
  if (typeof wanted === "number") return refuse(wanted);
  // A long call goes on with what it has, so only new allocations need a credential of today.
  if (user.expires <= context.at) return refuse(401);
  if (allocations.ofPeer(user.peerId).size >= limits.allocationsPerPeer) return refuse(486);
  if (allocations.size >= limits.allocations) return refuse(508);
  const found = takePort(wanted, context);
  if (found === undefined) return refuse(508);
  const { taken, token } = found;
  const made = new Allocation({
    client,
    peerId: user.peerId,
    transaction,
    taken,
    until: now + lifetimeSeconds * 1000,
  });
  add(made);
  const answer = allocated(request, { allocation: made, now });
  if (token === undefined) return answer;
  return { list: [...answer.list, [attributes.reservationToken, token]] };
}

/** What an Allocate request wants. */
interface Wanted {
  readonly family: Family;
  readonly pair: "none" | "even" | "reserve";
  readonly token: Uint8Array | undefined;
}

/** A number is the code of an error (RFC 8656, section 7.2). */
function readWanted({ found }: StunMessage, { ports }: RequestContext): Wanted | number {
  const transport = found.get(attributes.requestedTransport);
  if (transport?.length !== 4) return 400;
  if (transport[0] !== udp) return 442;
  const token = found.get(attributes.reservationToken);
  const evenPort = found.get(attributes.evenPort);
  const asked = found.get(attributes.requestedAddressFamily);
  if (token !== undefined && (token.length !== 8 || evenPort || asked)) return 400;
  if (evenPort !== undefined && evenPort.length !== 1) return 400;
  // RFC 8656 says IPv4; browsers do not ask, and take what a server without IPv4 has.
  const usual = ports.has("ipv4") ? "ipv4" : "ipv6";
  const family = asked === undefined ? usual : familyFrom(asked[0]);
  if (family === undefined || asked !== undefined && asked.length !== 4) return 440;
  if (!ports.has(family)) return 440;
  // The first bit asks for the next port too.
  const pair = evenPort === undefined ? "none" : (evenPort[0] ?? 0) >= 0x80 ? "reserve" : "even";
  return { family, pair, token };
}

function takePort(
  { family, pair, token }: Wanted,
  { ports, now }: RequestContext,
): { taken: TakenPort; token?: Uint8Array } | undefined {
  if (pair === "reserve") return ports.takePair(family, now);
  const taken = token === undefined
    ? ports.take(family, { isEven: pair === "even" })
    : ports.redeem(token);
  return taken && { taken };
}

function allocated(
  { mask }: StunMessage,
  { allocation: { facts }, now }: { allocation: Allocation; now: number },
): Answer {
  const { taken: { relayed }, client, until } = facts;
  const seconds = Math.round((until - now) / 1000);
  return {
    list: [
      addressAttribute(attributes.xorRelayedAddress, { endpoint: relayed, mask }),
      numberAttribute(attributes.lifetime, seconds),
      addressAttribute(attributes.xorMappedAddress, { endpoint: client.address, mask }),
    ],
  };
}

/** What is about an allocation that there is. */
interface Existing {
  readonly allocation: Allocation;
  readonly context: RequestContext;
}

function refresh(request: StunMessage, { allocation, context }: Existing): Answer {
  const { facts } = allocation;
  const asked = request.found.get(attributes.requestedAddressFamily);
  if (asked !== undefined && familyFrom(asked[0]) !== familyOf(facts.taken.relayed.hostname)) {
    return refuse(443);
  }
  const seconds = readNumber(request, attributes.lifetime) === 0 ? 0 : lifetimeSeconds;
  if (seconds === 0) context.end(allocation);
  else facts.until = context.now + seconds * 1000;
  return { list: [numberAttribute(attributes.lifetime, seconds)] };
}

function createPermission(request: StunMessage, { allocation, context }: Existing): Answer {
  const peers = readPeers(request);
  if (peers === undefined || peers.length === 0) return refuse(400);
  const permitted = new Map<string, boolean>();
  for (const peer of peers) {
    const judged = judgePeer(peer, { allocation, context });
    if (typeof judged === "number") return refuse(judged);
    permitted.set(peer.hostname, judged.isOutside);
  }
  return allocation.permit(permitted, context.now) ? { list: [] } : refuse(508);
}

/** Whether packets for a peer may leave this server; a number is the code of an error. */
function judgePeer(
  peer: Endpoint,
  { allocation, context: { allocations, isPeerAllowed } }: Existing,
): { isOutside: boolean } | number {
  const { hostname } = peer;
  if (familyOf(hostname) !== familyOf(allocation.facts.taken.relayed.hostname)) return 443;
  const isOutside = isPeerAllowed(hostname);
  return isOutside || allocations.at(peer) !== undefined ? { isOutside } : 403;
}

function bindChannel(request: StunMessage, { allocation, context }: Existing): Answer {
  const value = request.found.get(attributes.channelNumber);
  const peers = readPeers(request);
  const [peer] = peers ?? [];
  if (value?.length !== 4 || peer === undefined || peers?.length !== 1) return refuse(400);
  const number = ((value[0] ?? 0) << 8) | (value[1] ?? 0);
  if (!isChannel(value[0] ?? 0)) return refuse(400);
  const judged = judgePeer(peer, { allocation, context });
  if (typeof judged === "number") return refuse(judged);
  const bound = allocation.bind({ number, peer, ...judged }, context.now);
  switch (bound) {
    case "bound":
      return { list: [] };
    case "clash":
      return refuse(400);
    case "full":
      return refuse(508);
    default:
      return bound satisfies never;
  }
}
