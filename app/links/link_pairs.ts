/**
 * Who reaches whom: the reports of everybody's ends made into pairs. Pure.
 * Invariants: each pair of the room is there once; a pair nobody reported on is "unknown", never "connected"; of two
 * ends that disagree the worse one is believed, for both have to hear each other.
 */
import type { LinkCause, LinkReport, PeerId } from "../../protocol/mod.ts";
import type { SeenReport } from "../room/mod.ts";

/** How a pair is. */
export type PairState = LinkReport["state"] | "unknown";

/** Two people of the room and what is between them. */
export interface LinkPair {
  /** Oneself first, else in join order. */
  readonly ends: readonly [PeerId, PeerId];
  readonly state: PairState;
  readonly path: LinkReport["path"];
  readonly protocol: LinkReport["protocol"];
  /** Round trip, ms. */
  readonly rtt: number | null;
  /** The worse direction, per thousand. */
  readonly loss: number | null;
  /** The better direction, kbit/s. */
  readonly kbps: number | null;
  readonly cause: LinkCause | null;
  /** Whose end knows the cause. */
  readonly causeAt: PeerId | undefined;
  /** When its present state was first seen, ms of performance.now(); meaningless while it is unknown. */
  readonly since: number;
}

/** What each end has told, by the end's peer id. */
export type Reports = ReadonlyMap<PeerId, readonly SeenReport[]>;

/** From good to bad. */
const order: readonly PairState[] = [
  "connected",
  "unknown",
  "connecting",
  "reconnecting",
  "failed",
];

/** The more an end can know, the sooner it is believed. */
const causes: readonly LinkCause[] = [
  "relay-unreachable",
  "no-relay",
  "no-path",
  "broken",
  "no-answer",
];

/** Every pair of `members`, oneself first among them: worst first, otherwise in their order. */
export function pairsOf(members: readonly PeerId[], reports: Reports): LinkPair[] {
  const pairs = members.flatMap((one, index) =>
    members.slice(index + 1).map((other) => merge([one, other], reports))
  );
  return pairs.toSorted((a, b) => order.indexOf(b.state) - order.indexOf(a.state));
}

function merge(ends: readonly [PeerId, PeerId], reports: Reports): LinkPair {
  const [one, other] = ends;
  const told = [endReport(reports, one, other), endReport(reports, other, one)]
    .filter((report) => report !== undefined);
  const worst = told.map(({ state }) => state)
    .toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
  const relayed = told.find(({ path }) => path === "relayed");
  const known = relayed ?? told.find(({ path }) => path !== "unknown");
  return {
    ends,
    state: worst ?? "unknown",
    path: known?.path ?? "unknown",
    protocol: known?.protocol ?? "unknown",
    rtt: told.find(({ rtt }) => rtt !== null)?.rtt ?? null,
    loss: most(told.map(({ loss }) => loss)),
    kbps: most(told.map(({ kbps }) => kbps)),
    since: Math.min(...told.filter(({ state }) => state === worst).map(({ since }) => since)),
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
  const told = [
    { at: one, cause: endReport(reports, one, other)?.cause },
    { at: other, cause: endReport(reports, other, one)?.cause },
  ];
  for (const cause of causes) {
    const end = told.find((each) => each.cause === cause);
    if (end !== undefined) return { cause, causeAt: end.at };
  }
  return { cause: null, causeAt: undefined };
}

/** Whether the two of a pair cannot see and hear each other just now. */
export function isBroken({ state }: LinkPair): boolean {
  return state === "failed" || state === "reconnecting";
}

/**
 * The one person whose network is most likely to blame: all links of theirs that are known are broken, two at least, and
 * the others reach each other. Undefined when there is no such person.
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

/** The people who reach others only over a relay, each with those others; whoever has most of them comes first. */
export function relayedOf(pairs: readonly LinkPair[]): { peerId: PeerId; to: PeerId[] }[] {
  const groups: { peerId: PeerId; to: PeerId[] }[] = [];
  let left = pairs.filter(({ state, path }) => state === "connected" && path === "relayed");
  while (left.length > 0) {
    const counts = new Map<PeerId, PeerId[]>();
    for (const { ends: [one, other] } of left) {
      counts.set(one, [...counts.get(one) ?? [], other]);
      counts.set(other, [...counts.get(other) ?? [], one]);
    }
    const [peerId, to] = [...counts].reduce((a, b) => b[1].length > a[1].length ? b : a);
    groups.push({ peerId, to });
    left = left.filter((pair) => !has(peerId)(pair));
  }
  return groups;
}
