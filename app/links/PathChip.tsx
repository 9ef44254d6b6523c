import type { JSX } from "preact";
import type { LinkReport } from "../../protocol/mod.ts";
import type { LinkState } from "../../mesh/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { linkFigures } from "./link_figures.ts";
import { useWords } from "../ui/words.ts";

/**
 * The path of the connection: relayed always shows, direct on hover and focus only. Figures are in
 * the title.
 */
export function PathChip({ link, report }: {
  link: LinkState;
  report: LinkReport | undefined;
}): JSX.Element | null {
  const words = useWords();
  if (link.kind !== "connected" || link.path === "unknown") return null;
  const relayed = link.path === "relayed";
  return (
    <span class={relayed ? "chip" : "chip chip-shy"} title={report && linkFigures(report, words)}>
      {relayed ? <Icon name="relayed" size={16} /> : <Icon name="direct" size={16} />}
      <span class="chip-words">{relayed ? words.link.relayed : words.link.direct}</span>
    </span>
  );
}
