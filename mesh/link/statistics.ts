/**
 * Reads the path of a connection, and what arrives over it, from its statistics. Browsers differ in
 * what they report.
 */
import type { LinkReport, RelayEnd } from "../../protocol/mod.ts";

/** One measurement; of the counts only the growth is meaningful. */
export interface LinkFigures {
  /** The id of the selected candidate pair; another id means another path. */
  readonly pair: string | undefined;
  /** `relayed` if either end of the selected pair is a TURN relay. */
  readonly path: LinkReport["path"];
  /**
   * The protocol from this end to its relay, or to the other end; unknown if only the other end
   * uses a relay.
   */
  readonly protocol: LinkReport["protocol"];
  /** The own relay on the path; undefined if this end uses none. */
  readonly relay: RelayEnd | undefined;
  /** Round-trip time, ms. */
  readonly rtt: number | null;
  /** Grows with each packet that arrives, media or control; null if the browser counts none. */
  readonly arrivals: number | null;
  /** Bytes received. */
  readonly bytes: number;
  /** Media packets received, and lost on the way here. */
  readonly packets: number;
  readonly lost: number;
  /** Whether this end has a relay candidate. */
  readonly hasRelay: boolean;
}

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly selected?: boolean;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly remoteCandidateId?: string;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly relayProtocol?: string;
  readonly url?: string;
  readonly currentRoundTripTime?: number;
  readonly roundTripTime?: number;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
}

/** Reads one report of RTCPeerConnection.getStats(). */
export function figuresOf(report: RTCStatsReport): LinkFigures {
  const entries = new Map<string, Entry>(report);
  const list = [...entries.values()];
  const pair = selectedPair(list, entries);
  const local = entries.get(pair?.localCandidateId ?? "");
  const remote = entries.get(pair?.remoteCandidateId ?? "");
  const inbound = list.filter(({ type }) => type === "inbound-rtp");
  const transport = list.find(({ type }) => type === "transport");
  const packets = sum(inbound.map(({ packetsReceived }) => packetsReceived));
  const arriving = transport?.bytesReceived ?? pair?.bytesReceived;
  const media = sum(inbound.map(({ bytesReceived }) => bytesReceived));
  const bytes = pair?.bytesReceived ?? transport?.bytesReceived ?? media;
  const path = pathOf(local, remote);
  const protocol = protocolOf(local);
  return {
    pair: pair?.id,
    path,
    protocol: path === "relayed" && !isRelay(local) ? "unknown" : protocol,
    relay: isRelay(local) ? { url: local?.url, protocol } : undefined,
    rtt: roundTrip(pair, list),
    arrivals: arriving === undefined && inbound.length === 0 ? null : packets + (arriving ?? 0),
    bytes,
    packets,
    lost: sum(inbound.map(({ packetsLost }) => packetsLost)),
    hasRelay: list.some((entry) => entry.type === "local-candidate" && isRelay(entry)),
  };
}

function isRelay(candidate: Entry | undefined): boolean {
  return candidate?.candidateType === "relay";
}

function pathOf(local: Entry | undefined, remote: Entry | undefined): LinkFigures["path"] {
  if (isRelay(local) || isRelay(remote)) return "relayed";
  return local === undefined ? "unknown" : "direct";
}

function protocolOf(local: Entry | undefined): LinkFigures["protocol"] {
  const protocol = local?.relayProtocol ?? local?.protocol;
  return protocol === "udp" || protocol === "tcp" || protocol === "tls" ? protocol : "unknown";
}

function roundTrip(pair: Entry | undefined, list: readonly Entry[]): number | null {
  const seconds = pair?.currentRoundTripTime ??
    list.find(({ type, roundTripTime }) => type === "remote-inbound-rtp" && roundTripTime)
      ?.roundTripTime;
  return seconds === undefined ? null : Math.round(seconds * 1000);
}

function selectedPair(
  list: readonly Entry[],
  entries: ReadonlyMap<string, Entry>,
): Entry | undefined {
  const transport = list.find(({ selectedCandidatePairId }) => selectedCandidatePairId);
  if (transport?.selectedCandidatePairId) return entries.get(transport.selectedCandidatePairId);
  // Older Firefox has no transport entry; it marks the selected pair.
  const pairs = list.filter(({ type }) => type === "candidate-pair");
  return pairs.find(({ selected }) => selected) ??
    pairs.find(({ nominated, state }) => nominated && state === "succeeded");
}

function sum(counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}
