/**
 * What a browser can find out about calls from where it is, without anybody else: the way to the
 * server, to the outside, and through each relay. Every check ends by itself, and leaves nothing
 * open.
 */
import type { CloseReason, IceServer } from "../protocol/mod.ts";
import type { CreateConnection, OpenSocket } from "./platform.ts";
import { browserClock, type Clock } from "./clock.ts";
import { RoomClient } from "./client.ts";

/** What the checks need of the outside. */
export interface CheckFacts {
  readonly createConnection: CreateConnection;
  readonly clock: Clock;
  readonly fetch: typeof fetch;
  readonly openSocket?: OpenSocket;
}

/** The browser's own. */
export const browserFacts: CheckFacts = {
  createConnection: (configuration) => new RTCPeerConnection(configuration),
  clock: browserClock,
  fetch: (...given) => fetch(...given),
};

/** How the way to the server went. `ms`: until the welcome. */
export type ServerFinding =
  | { readonly kind: "good"; readonly ms: number; readonly iceServers: readonly IceServer[] }
  /** Pages come through, sockets do not: mostly a proxy. */
  | { readonly kind: "no-socket" }
  | { readonly kind: "no-server" }
  /** The server answered and wants nobody just now. */
  | { readonly kind: "refused"; readonly reason: CloseReason | "rooms-rate" };

/** How two ends in this browser met. `ms`: there and back. */
export type MeetingFinding =
  | { readonly kind: "good"; readonly ms: number }
  | { readonly kind: "unsupported" }
  /** No relay candidate ever came: it does not answer, or something is in between. */
  | { readonly kind: "no-relay" }
  /** It answered that the credentials are wrong. */
  | { readonly kind: "refused" }
  /** There were candidates, and no way between them. */
  | { readonly kind: "no-path" };

/** Whether a STUN server told this browser its public address. */
export type StunFinding = { readonly kind: "good" } | { readonly kind: "no-answer" };

const patienceMs = 10_000;

/** Joins an empty room for a moment. `server`: the address of the pages, with the base path. */
export async function checkServer(server: string, facts: CheckFacts): Promise<ServerFinding> {
  const { clock, openSocket } = facts;
  const client = new RoomClient({ server, clock, ...openSocket && { openSocket } });
  const startedAt = clock.now();
  const { promise, resolve } = Promise.withResolvers<ServerFinding>();
  const giveUp = clock.after(patienceMs, () => resolve({ kind: "no-socket" }));
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
  client.leave();
  if (found.kind !== "no-socket") return found;
  const isThere = await facts.fetch(`${server.replace(/\/+$/, "")}/healthz`)
    .then(({ ok }) => ok, () => false);
  return isThere ? found : { kind: "no-server" };
}

/** Each way to a relay by itself, for a check of each. */
export function relaysOf(iceServers: readonly IceServer[]): IceServer[] {
  return iceServers.flatMap((server) => urlsOf(server, /^turns?:/));
}

/** The STUN servers among them, TURN servers included, which are that too. */
export function stunServersOf(iceServers: readonly IceServer[]): IceServer[] {
  return iceServers.flatMap((server) => urlsOf(server, /^(stun|turn):/));
}

function urlsOf(server: IceServer, pattern: RegExp): IceServer[] {
  return [server.urls].flat()
    .filter((url) => pattern.test(url))
    .map((url) => ({ ...server, urls: [url] }));
}

/** By what a relay is reached: "turn:…" is UDP unless it says otherwise. */
export function transportOf({ urls }: IceServer): "udp" | "tcp" | "tls" {
  const [url = ""] = [urls].flat();
  if (url.startsWith("turns:")) return "tls";
  return /[?&]transport=tcp/.test(url) ? "tcp" : "udp";
}

/** Whether any of the servers tells a public address. */
export async function checkStun(
  servers: readonly IceServer[],
  { createConnection, clock }: CheckFacts,
): Promise<StunFinding> {
  const connection = createConnection(configurationOf(servers, "all"));
  const { promise, resolve } = Promise.withResolvers<StunFinding>();
  const giveUp = clock.after(patienceMs, () => resolve({ kind: "no-answer" }));
  let unreachable = false;
  connection.onicecandidateerror = () => unreachable = true;
  connection.onicecandidate = ({ candidate }) => {
    // Who is behind no NAT learns nothing new, so that there is no candidate for it.
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

/** Two ends in this browser say a word to each other, by `relay` alone if one is named. */
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
  const seen: Seen = {
    candidates: 0,
    refused: false,
    gathered: 0,
    nothing: () => resolve(failure()),
  };
  const failure = (): MeetingFinding => {
    if (seen.refused) return { kind: "refused" };
    return { kind: relay !== undefined && seen.candidates === 0 ? "no-relay" : "no-path" };
  };
  const giveUp = clock.after(patienceMs, () => resolve(failure()));
  introduce(pair, seen);
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

/** What the gathering of a pair showed. */
interface Seen {
  candidates: number;
  refused: boolean;
  /** How many of the two have finished. */
  gathered: number;
  /** Called when both have, and found nothing. */
  readonly nothing: () => void;
}

/** Candidates go straight across. */
function introduce(
  [one, other]: readonly [RTCPeerConnection, RTCPeerConnection],
  seen: Seen,
): void {
  for (const [from, to] of [[one, other], [other, one]] as const) {
    from.onicecandidate = ({ candidate }) => {
      if (candidate === null && ++seen.gathered === 2 && seen.candidates === 0) seen.nothing();
      if (candidate === null || candidate.candidate === "") return;
      seen.candidates++;
      addWhenReady(to, candidate);
    };
    from.onicecandidateerror = (event) => {
      // 401 comes twice when credentials are wrong: a first one without is part of the protocol and
      //     not told.
      if (event.errorCode === 401 || event.errorCode === 441) seen.refused = true;
    };
  }
}

function addWhenReady(to: RTCPeerConnection, candidate: RTCIceCandidate): void {
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
