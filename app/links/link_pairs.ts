/**
 * Merges the reports of all ends into pairs. Pure. Invariants: each pair of the room occurs once; a
 * pair without a report is "unknown", never "connected"; if two ends disagree, the worse report
 * counts; a pair is relayed if either end says so, over the slower of the two ways to a relay.
 */
import type { LinkCause, LinkReport, PeerId, RelayEnd, RelayPlace } from "../../protocol/mod.ts";
import type { SeenReport } from "../room/mod.ts";
import type { Rung } from "./rung.ts";

/** The state of a pair. */
export type PairState = LinkReport["state"] | "unknown";

/** Two people of the room and their connection. */
export interface LinkPair {
  /** The person first, else in join order. */
  readonly ends: readonly [PeerId, PeerId];
  readonly state: PairState;
  readonly path: LinkReport["path"];
  readonly protocol: LinkReport["protocol"];
  readonly rung: Rung;
  /** Round trip, ms. */
  readonly rtt: number | null;
  /** The worse direction, per thousand. */
  readonly loss: number | null;
  /** The better direction, kbit/s. */
  readonly kbps: number | null;
  readonly cause: LinkCause | null;
  /** The end that knows the cause. */
  readonly causeAt: PeerId | undefined;
  /** When its current state was first seen, ms of performance.now(); meaningless while unknown. */
  readonly since: number;
}

/** The reports of each end, by its peer id. */
export type Reports = ReadonlyMap<PeerId, readonly SeenReport[]>;

/** From best to worst. */
const order: readonly PairState[] = [
  "connected",
  "unknown",
  "connecting",
  "reconnecting",
  "failed",
];

/** The end that knows more of the path has the higher rank, of two relays the slower one. */
function rankOf({ path, protocol }: LinkReport): number {
  return ["unknown", "direct", "relayed"].indexOf(path) * 4 +
    ["unknown", "udp", "tcp", "tls"].indexOf(protocol);
}

/** What pairs are made of. */
export interface PairSources {
  readonly reports: Reports;
  /** Whose relay an end uses that does not say so itself. */
  readonly placeOf: (end: RelayEnd) => RelayPlace;
}

/** From most to least specific: the more specific cause wins. */
const causes: readonly LinkCause[] = [
  "relay-unreachable",
  "no-relay",
  "no-path",
  "broken",
  "no-answer",
];

/** All pairs of `members`, whose first is the person: worst first, otherwise in their order. */
export function pairsOf(members: readonly PeerId[], sources: PairSources): LinkPair[] {
  const pairs = members.flatMap((one, index) =>
    members.slice(index + 1).map((other) => pairOf([one, other], sources))
  );
  return pairs.toSorted((a, b) => order.indexOf(b.state) - order.indexOf(a.state));
}

const unknown = { path: "unknown", protocol: "unknown", relay: undefined } as const;

/** One pair, from what its ends report. */
export function pairOf(
  ends: readonly [PeerId, PeerId],
  { reports, placeOf }: PairSources,
): LinkPair {
  const [one, other] = ends;
  const reported = [endReport(reports, one, other), endReport(reports, other, one)]
    .filter((report) => report !== undefined);
  const worst = reported.map(({ state }) => state)
    .toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
  const { path, protocol, relay } = reported.toSorted((a, b) => rankOf(b) - rankOf(a))[0] ??
    unknown;
  return {
    ends,
    state: worst ?? "unknown",
    path,
    protocol,
    rung: path === "relayed" ? `${protocol}-${relay ?? placeOf({ protocol })}` : path,
    rtt: reported.find(({ rtt }) => rtt !== null)?.rtt ?? null,
    loss: most(reported.map(({ loss }) => loss)),
    kbps: most(reported.map(({ kbps }) => kbps)),
    since: Math.min(...reported.filter(({ state }) => state === worst).map(({ since }) => since)),
    ...causeOf(ends, reports),
  };
}

function endReport(
  reports: Reports,
  from: PeerId,
  to: PeerId,
): SeenReport | undefined {
  return reports.get(from)?.find(({ peerId }) => peerId === to);
}

function most(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function causeOf(
  [one, other]: readonly [PeerId, PeerId],
  reports: Reports,
): Pick<LinkPair, "cause" | "causeAt"> {
  const reported = [
    { at: one, cause: endReport(reports, one, other)?.cause },
    { at: other, cause: endReport(reports, other, one)?.cause },
  ];
  for (const cause of causes) {
    const end = reported.find((each) => each.cause === cause);
    if (end !== undefined) return { cause, causeAt: end.at };
  }
  return { cause: null, causeAt: undefined };
}

/** Whether a pair cannot see and hear each other now. */
export function isBroken({ state }: LinkPair): boolean {
  return state === "failed" || state === "reconnecting";
}

/**
 * The person whose network is the likely cause: all their known connections, at least two, are
 * broken, and the others reach each other. Undefined if there is none.
 */
export function culpritOf(pairs: readonly LinkPair[]): PeerId | undefined {
  const members = [...new Set(pairs.flatMap(({ ends }) => ends))];
  const suspects = members.filter((member) => {
    const [own, others] = [pairs.filter(has(member)), pairs.filter((pair) => !has(member)(pair))];
    const known = own.filter(({ state }) => state !== "unknown");
    return known.length >= 2 && known.every(isBroken) &&
      others.some(({ state }) => state === "connected") && !others.some(isBroken);
  });
  return suspects.length === 1 ? suspects[0] : undefined;
}

function has(member: PeerId): (pair: LinkPair) => boolean {
  return ({ ends }) => ends.includes(member);
}

/** A person who reaches others over one rung of relays, with those others. */
export interface RelayedPerson {
  readonly rung: Rung;
  readonly peerId: PeerId;
  readonly to: readonly PeerId[];
}

/** The relayed pairs by rung, each once, for the people with the most of them. */
export function relayedOf(pairs: readonly LinkPair[]): RelayedPerson[] {
  const groups: RelayedPerson[] = [];
  let left = pairs.filter(({ state, path }) => state === "connected" && path === "relayed");
  for (let [first] = left; first !== undefined; [first] = left) {
    const { rung } = first;
    const counts = new Map<PeerId, PeerId[]>();
    for (const { ends: [one, other] } of left.filter((pair) => pair.rung === rung)) {
      counts.set(one, [...counts.get(one) ?? [], other]);
      counts.set(other, [...counts.get(other) ?? [], one]);
    }
    const [peerId, to] = [...counts].reduce((a, b) => b[1].length > a[1].length ? b : a);
    groups.push({ rung, peerId, to });
    left = left.filter((pair) => pair.rung !== rung || !pair.ends.includes(peerId));
  }
  return groups;
}
