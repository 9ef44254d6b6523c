/** A connection's state and figures in words. Pure. */
import type { LinkReport } from "../../protocol/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import type { LinkPair } from "./link_pairs.ts";
import { fill } from "../ui/phrases.ts";
import { attempt } from "../../protocol/attempt.ts";

/** The shape of a connection: its state, or its path if connected. */
export type LinkShape = keyof Words["links"]["state"];

/** The shape of a pair, or of one end's connection. */
export function shapeOf({ state, path }: Pick<LinkPair, "state" | "path">): LinkShape {
  return state !== "connected" || path === "unknown" ? state : path;
}

/** "Relayed · TCP · 48 ms · 0.2 % lost · 900 kbit/s", as far as known. */
export function linkFigures(
  link: Pick<LinkPair, "state"> & Omit<LinkReport, "state" | "peerId" | "cause">,
  { links, common }: Words,
): string {
  const shape = links.state[shapeOf(link)];
  if (link.state !== "connected") return shape;
  const { protocol, rtt, loss, kbps } = link;
  const form = { style: "percent", maximumFractionDigits: 1 } as const;
  const share = (thousandths: number) =>
    attempt(() => new Intl.NumberFormat(common.locale, form).format(thousandths / 1000)) ??
      `${thousandths / 10} %`;
  return [
    shape,
    protocol === "unknown" ? "" : protocol.toUpperCase(),
    rtt === null ? "" : fill(links.ms, { ms: rtt }),
    loss === null ? "" : fill(links.loss, { percent: share(loss) }),
    kbps === null ? "" : fill(links.rate, { kbps }),
  ].filter(Boolean).join(" · ");
}
