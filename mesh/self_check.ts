/**
 * Checks that one browser makes without another person: whether it reaches the server, learns its
 * public address, and can connect through each relay. Every check ends after `timeoutMs` at the
 * latest and closes what it opened.
 */
import { type CloseReason, type IceServer, transportOf } from "../protocol/mod.ts";
import type { CreateConnection, OpenSocket } from "./platform.ts";
import { browserClock, type Clock } from "./clock.ts";
import { RoomClient } from "./client.ts";

/** The platform that the checks use. */
export interface CheckFacts {
  readonly createConnection: CreateConnection;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly openSocket?: OpenSocket;
}

/** The platform of the browser. */
export const browserFacts: CheckFacts = {
  createConnection: (configuration) => new RTCPeerConnection(configuration),
  clock: browserClock,
  fetch: (...given) => fetch(...given),
};

/** The result of joining a room on the server. `ms`: until the welcome. */
export type ServerFinding =
  | { readonly kind: "good"; readonly ms: number; readonly iceServers: readonly IceServer[] }
  /** Pages load, but no WebSocket opens; usually a proxy blocks it. */
  | { readonly kind: "no-socket" }
  /** The server does not answer. */
  | { readonly kind: "no-server" }
  /** The server answers, but rejects the join. */
  | { readonly kind: "refused"; readonly reason: CloseReason | "rooms-rate" };

/** The result of connecting two ends in this browser. `ms`: round trip. */
export type MeetingFinding =
  | { readonly kind: "good"; readonly ms: number }
  /** The browser makes no connection object, or no offer. */
  | { readonly kind: "unsupported" }
  /** There is no relay candidate: the relay does not answer, or something blocks it. */
  | { readonly kind: "no-relay" }
  /** The relay rejects the credentials. */
  | { readonly kind: "refused" }
  /** There are candidates, but no pair of them connects. */
  | { readonly kind: "no-path" };

/** Whether a STUN server has told this browser its public address. */
export type StunFinding = { readonly kind: "good" } | { readonly kind: "no-answer" };

const timeoutMs = 10_000;

/** A visit to an empty room. The server's relay serves this browser until it leaves. */
export interface ServerVisit {
  readonly found: ServerFinding;
  leave(): void;
}

/**
 * Joins an empty room; after any finding but `good` it has left again. `server`: the address of the
 * home page, base path included.
 */
export async function visitServer(server: string, facts: CheckFacts): Promise<ServerVisit> {
  const { clock, openSocket } = facts;
  const client = new RoomClient({ server, clock, ...openSocket && { openSocket } });
  const startedAt = clock.now();
  const { promise, resolve } = Promise.withResolvers<ServerFinding>();
  const giveUp = clock.after(timeoutMs, () => resolve({ kind: "no-socket" }));
  client.subscribe((event) => {
    if (event.type === "error" && event.code === "rooms-rate") {
      resolve({ kind: "refused", reason: event.code });
    }
    if (event.type !== "state") return;
    if (event.state.kind === "left" && event.state.reason !== "left") {
      resolve({ kind: "refused", reason: event.state.reason });
    }
    if (event.state.kind !== "joined") return;
    resolve({ kind: "good", ms: clock.now() - startedAt, iceServers: client.iceServers });
  });
  client.join({ room: `check-${crypto.getRandomValues(new Uint32Array(3)).join("-")}`, name: "?" });
  const found = await promise;
  giveUp();
  const leave = () => client.leave();
  if (found.kind !== "good") leave();
  if (found.kind !== "no-socket") return { found, leave };
  const isThere = await facts.fetch(`${server.replace(/\/+$/, "")}/healthz`)
    .then(({ ok }) => ok, () => false);
  return { found: isThere ? found : { kind: "no-server" }, leave };
}

/** An ICE server with one address. */
export interface CheckedServer extends IceServer {
  readonly urls: string;
}

/** The relays, one entry per URL, so that each can be checked separately. */
export function relaysOf(iceServers: readonly IceServer[]): CheckedServer[] {
  return serversOf(iceServers, (url) => /^turns?:/i.test(url));
}

/** The servers that tell a public address over UDP, one entry per URL. */
export function stunServersOf(iceServers: readonly IceServer[]): CheckedServer[] {
  return serversOf(iceServers, (url) => transportOf(url) === "udp");
}

function serversOf(
  iceServers: readonly IceServer[],
  isMeant: (url: string) => boolean,
): CheckedServer[] {
  return iceServers.flatMap((server) =>
    [server.urls].flat().filter(isMeant).map((urls) => ({ ...server, urls }))
  );
}

/** Checks whether any of the servers answers with a public address. */
export async function checkStun(
  servers: readonly IceServer[],
  { createConnection, clock }: CheckFacts,
): Promise<StunFinding> {
  const connection = createConnection(configurationOf(servers, "all"));
  const { promise, resolve } = Promise.withResolvers<StunFinding>();
  const giveUp = clock.after(timeoutMs, () => resolve({ kind: "no-answer" }));
  let unreachable = false;
  connection.onicecandidateerror = () => unreachable = true;
  connection.onicecandidate = ({ candidate }) => {
    // Without a NAT the public address is known already, so no candidate is added for it.
    if (candidate === null) resolve({ kind: unreachable ? "no-answer" : "good" });
    else if (candidate.type === "srflx" || candidate.type === "relay") resolve({ kind: "good" });
  };
  connection.createDataChannel("check");
  await connection.setLocalDescription();
  const found = await promise;
  giveUp();
  connection.close();
  return found;
}

/** Connects two ends in this browser, through `relay` only if it is given, and sends a message. */
export async function checkMeeting(
  relay: IceServer | undefined,
  { createConnection, clock }: CheckFacts,
): Promise<MeetingFinding> {
  let pair: readonly [RTCPeerConnection, RTCPeerConnection];
  try {
    const configuration = configurationOf(
      relay === undefined ? [] : [relay],
      relay ? "relay" : "all",
    );
    pair = [createConnection(configuration), createConnection(configuration)];
  } catch {
    return { kind: "unsupported" };
  }
  const [caller, answerer] = pair;
  const { promise, resolve } = Promise.withResolvers<MeetingFinding>();
  const gathering: Gathering = {
    candidates: 0,
    refused: false,
    finished: 0,
    onNothing: () => resolve(failure()),
  };
  const failure = (): MeetingFinding => {
    if (gathering.refused) return { kind: "refused" };
    return { kind: relay !== undefined && gathering.candidates === 0 ? "no-relay" : "no-path" };
  };
  const giveUp = clock.after(timeoutMs, () => resolve(failure()));
  exchangeCandidates(pair, gathering);
  caller.onconnectionstatechange = () => {
    if (caller.connectionState === "failed") resolve(failure());
  };
  answerer.ondatachannel = ({ channel }) => {
    channel.onmessage = ({ data }) => channel.send(data);
  };
  const channel = caller.createDataChannel("check");
  channel.onopen = () => {
    const askedAt = clock.now();
    channel.onmessage = () => resolve({ kind: "good", ms: clock.now() - askedAt });
    channel.send("?");
  };
  try {
    await caller.setLocalDescription();
    await answerer.setRemoteDescription(caller.localDescription ?? { type: "offer" });
    await answerer.setLocalDescription();
    await caller.setRemoteDescription(answerer.localDescription ?? { type: "answer" });
  } catch {
    resolve({ kind: "unsupported" });
  }
  const found = await promise;
  giveUp();
  for (const connection of pair) connection.close();
  return found;
}

/** What the gathering of candidates has shown so far. */
interface Gathering {
  candidates: number;
  refused: boolean;
  /** How many of the two ends have finished. */
  finished: number;
  /** Called when both ends have finished without a candidate. */
  readonly onNothing: () => void;
}

/** Passes the candidates of each end to the other one. */
function exchangeCandidates(
  [one, other]: readonly [RTCPeerConnection, RTCPeerConnection],
  gathering: Gathering,
): void {
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.onicecandidate = ({ candidate }) => {
      if (candidate === null && ++gathering.finished === 2 && gathering.candidates === 0) {
        gathering.onNothing();
      }
      if (candidate === null || candidate.candidate === "") return;
      gathering.candidates++;
      addAfterDescription(to, candidate);
    };
    from.onicecandidateerror = (event) => {
      // The first 401 is part of the protocol and not reported; this one means wrong credentials.
      if (event.errorCode === 401 || event.errorCode === 441) gathering.refused = true;
    };
  }
}

function addAfterDescription(to: RTCPeerConnection, candidate: RTCIceCandidate): void {
  const add = () => void to.addIceCandidate(candidate).catch(() => {});
  if (to.remoteDescription !== null) return add();
  to.addEventListener("signalingstatechange", add, { once: true });
}

function configurationOf(
  servers: readonly IceServer[],
  iceTransportPolicy: RTCIceTransportPolicy,
): RTCConfiguration {
  return {
    iceServers: servers.map((server) => ({ ...server, urls: [...[server.urls].flat()] })),
    iceTransportPolicy,
  };
}
