/** One end's view of a link in the words of the wire, and when a new view is worth telling. */
import type { LinkCause, LinkReport, PeerId } from "../../protocol/mod.ts";
import type { LinkState } from "../events.ts";
import type { LinkFigures } from "./statistics.ts";

/** Two looks at the same connection, some time apart. */
export interface Looks {
  readonly last: LinkFigures | undefined;
  readonly before: LinkFigures | undefined;
  /** Between the two, ms. */
  readonly ms: number;
}

/** What is known of one link. */
export interface LinkView {
  readonly peerId: PeerId;
  readonly state: LinkState;
  readonly looks: Looks;
  /** Whether the server named a relay. */
  readonly relayKnown: boolean;
}

/** The report of one link. */
export function reportOf({ peerId, state, looks, relayKnown }: LinkView): LinkReport {
  const { last } = looks;
  const cause = causeOf(state, { relayKnown, relayFound: last?.hasRelay ?? false });
  if (state.kind !== "connected" || last === undefined) {
    const path = state.kind === "connected" ? state.path : "unknown";
    const nothing = { path, protocol: "unknown", rtt: null, loss: null, kbps: null } as const;
    return { peerId, state: state.kind, ...nothing, cause };
  }
  const { path, protocol, rtt } = last;
  return {
    peerId,
    state: "connected",
    path: path === "unknown" ? state.path : path,
    protocol,
    rtt: rtt === null ? null : bounded(Math.max(1, rtt)),
    loss: loss(looks),
    kbps: kbps(looks),
    cause,
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

/** Per thousand of what should have come since the look before. */
function loss({ last, before }: Looks): number | null {
  if (last === undefined || before === undefined) return null;
  const lost = Math.max(0, last.lost - before.lost);
  const due = Math.max(0, last.packets - before.packets) + lost;
  return due === 0 ? null : Math.round(1000 * lost / due);
}

function kbps({ last, before, ms }: Looks): number | null {
  if (last === undefined || before === undefined || ms <= 0) return null;
  return bounded(8 * Math.max(0, last.bytes - before.bytes) / ms);
}

function bounded(figure: number): number {
  return Math.min(10_000_000, Math.max(0, Math.round(figure)));
}

/** Milliseconds between two reports to the server. */
const pace = { news: 2_000, figures: 10_000 };

/** Remembers what was told last and decides what is worth telling. */
export class ReportPace {
  #told: readonly LinkReport[] = [];
  #toldAt = -Infinity;

  /** True when `links` should be told at `now`. */
  isDue(links: readonly LinkReport[], now: number): boolean {
    const since = now - this.#toldAt;
    if (since < pace.news) return false;
    if (facts(links) !== facts(this.#told)) return true;
    return since >= pace.figures && links.some((link, index) => moved(link, this.#told[index]));
  }

  told(links: readonly LinkReport[], now: number): void {
    this.#told = links;
    this.#toldAt = now;
  }

  /** The server has forgotten what it heard. */
  forget(): void {
    this.#told = [];
    this.#toldAt = -Infinity;
  }
}

function facts(links: readonly LinkReport[]): string {
  return JSON.stringify(
    links.map(({ peerId, state, path, protocol, cause }) => [peerId, state, path, protocol, cause]),
  );
}

/** Whether a figure is another one to somebody who looks at it. */
function moved(now: LinkReport, before: LinkReport | undefined): boolean {
  return (["rtt", "loss", "kbps"] as const).some((figure) => {
    const [one, other] = [now[figure], before?.[figure] ?? null];
    if (one === null || other === null) return one !== other;
    return Math.abs(one - other) >
      Math.max(figure === "loss" ? 10 : 20, 0.3 * Math.max(one, other));
  });
}
