import type { JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { linkFigures } from "./link_figures.ts";
import type { LinkPair } from "./link_pairs.ts";
import { useWords } from "../ui/words.ts";

/**
 * The path of a connection: relayed always shows, direct on hover and focus only. Figures are in
 * the title.
 */
export function PathChip({ pair }: { pair: LinkPair }): JSX.Element | null {
  const words = useWords();
  const { rung } = pair;
  if (rung === "unknown") return null;
  const relayed = rung !== "direct";
  return (
    <span class={relayed ? "chip" : "chip chip-shy"} title={linkFigures(pair, words)}>
      <Icon name={relayed ? "relayed" : "direct"} size={16} />
      <span class="chip-words">{words.links.state[rung]}</span>
    </span>
  );
}
