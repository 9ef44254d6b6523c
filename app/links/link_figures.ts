/** A connection's state and figures in words. Pure. */
import type { Words } from "../ui/words/mod.ts";
import type { LinkPair, PairState } from "./link_pairs.ts";
import { fill } from "../ui/phrases.ts";
import { attempt } from "../../protocol/attempt.ts";

/** The shape of a connection: its state, or its path if connected. */
export type LinkShape = PairState | Exclude<LinkPair["path"], "unknown">;

/** The shape of a pair. */
export function shapeOf({ state, path }: LinkPair): LinkShape {
  return state !== "connected" || path === "unknown" ? state : path;
}

/** The state of a pair in words; if it is connected, its rung. */
export function linkState({ state, rung }: LinkPair, { links }: Words): string {
  return links.state[state !== "connected" || rung === "unknown" ? state : rung];
}

/** "Relayed over TCP · 48 ms · 0.2 % lost · 900 kbit/s", as far as known. */
export function linkFigures(pair: LinkPair, words: Words): string {
  const { links, common } = words;
  const said = linkState(pair, words);
  if (pair.state !== "connected") return said;
  const { path, protocol, rtt, loss, kbps } = pair;
  const form = { style: "percent", maximumFractionDigits: 1 } as const;
  const share = (thousandths: number) =>
    attempt(() => new Intl.NumberFormat(common.locale, form).format(thousandths / 1000)) ??
      `${thousandths / 10} %`;
  return [
    said,
    // The words for a relay tell it.
    path !== "direct" || protocol === "unknown" ? "" : protocol.toUpperCase(),
    rtt === null ? "" : fill(links.ms, { ms: rtt }),
    loss === null ? "" : fill(links.loss, { percent: share(loss) }),
    kbps === null ? "" : fill(links.rate, { kbps }),
  ].filter(Boolean).join(" · ");
}
