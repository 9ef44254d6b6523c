/** Makes the report of a link for the server, and decides when a new report is worth sending. */
import {
  type LinkCause,
  type LinkReport,
  type NamedRelays,
  type PeerId,
  relayPlace,
  relayUrls,
} from "../../protocol/mod.ts";
import type { LinkState, OwnReport } from "../events.ts";
import type { LinkFigures } from "./statistics.ts";

/** The last two measurements of a connection. */
export interface Measurements {
  readonly last: LinkFigures | undefined;
  readonly before: LinkFigures | undefined;
  /** Time between the two, ms. */
  readonly ms: number;
}

/** What is known of one link. */
export interface LinkView {
  readonly peerId: PeerId;
  readonly state: LinkState;
  readonly measurements: Measurements;
  readonly relays: NamedRelays;
}

/** The report of one link. */
export function reportOf({ peerId, state, measurements, relays }: LinkView): OwnReport {
  const { last } = measurements;
  const relayKnown = relayUrls(relays.iceServers).length > 0;
  const cause = causeOf(state, { relayKnown, relayFound: last?.hasRelay ?? false });
  if (state.kind !== "connected" || last === undefined) {
    const unknown = { path: "unknown", protocol: "unknown" } as const;
    const nothing = { ...unknown, rtt: null, loss: null, kbps: null };
    return { peerId, state: state.kind, ...nothing, cause };
  }
  const { path, protocol, rtt, relay } = last;
  return {
    peerId,
    state: "connected",
    path,
    protocol,
    rtt: rtt === null ? null : bounded(Math.max(1, rtt)),
    loss: loss(measurements),
    kbps: kbps(measurements),
    cause,
    ...relay && { relay: relayPlace(relay, relays) },
  };
}

/** Why a link has failed, as far as this end can tell. */
function causeOf(
  state: LinkState,
  { relayKnown, relayFound }: { readonly relayKnown: boolean; readonly relayFound: boolean },
): LinkCause | null {
  if (state.kind !== "failed") return null;
  if (state.reason !== "no-path") return state.reason;
  if (!relayKnown) return "no-relay";
  return relayFound ? "no-path" : "relay-unreachable";
}

/** Lost packets per thousand since the measurement before. */
function loss({ last, before }: Measurements): number | null {
  if (last === undefined || before === undefined) return null;
  const lost = Math.max(0, last.lost - before.lost);
  const due = Math.max(0, last.packets - before.packets) + lost;
  return due === 0 ? null : Math.round(1000 * lost / due);
}

function kbps({ last, before, ms }: Measurements): number | null {
  if (last === undefined || before === undefined || ms <= 0) return null;
  return bounded(8 * Math.max(0, last.bytes - before.bytes) / ms);
}

function bounded(figure: number): number {
  return Math.min(10_000_000, Math.max(0, Math.round(figure)));
}

/** The least time between two reports: after a change of state, and of figures only. ms. */
const pace = { changes: 2_000, figures: 10_000 };

/** Remembers the last report that was sent and decides whether a new one is due. */
export class ReportPace {
  #sent: readonly LinkReport[] = [];
  #sentAt = -Infinity;

  /** Whether to send `links` at `now`, ms. */
  isDue(links: readonly LinkReport[], now: number): boolean {
    const since = now - this.#sentAt;
    if (since < pace.changes) return false;
    if (facts(links) !== facts(this.#sent)) return true;
    return since >= pace.figures && links.some((link, index) => differs(link, this.#sent[index]));
  }

  /** `links` were sent at `now`, ms. */
  handleSent(links: readonly LinkReport[], now: number): void {
    this.#sent = links;
    this.#sentAt = now;
  }

  /** The server may have lost the last report. */
  forget(): void {
    this.#sent = [];
    this.#sentAt = -Infinity;
  }
}

function facts(links: readonly LinkReport[]): string {
  return JSON.stringify(
    links.map(({ peerId, state, path, protocol, cause }) => [peerId, state, path, protocol, cause]),
  );
}

/** Whether a figure has changed enough for a person to care. */
function differs(now: LinkReport, before: LinkReport | undefined): boolean {
  return (["rtt", "loss", "kbps"] as const).some((figure) => {
    const [one, other] = [now[figure], before?.[figure] ?? null];
    if (one === null || other === null) return one !== other;
    return Math.abs(one - other) >
      Math.max(figure === "loss" ? 10 : 20, 0.3 * Math.max(one, other));
  });
}
