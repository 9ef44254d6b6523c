import { type Block, formatted, type Inline } from "./format.ts";

/** The text of a line as it is read aloud, in one line: without the marks that format it. */
export function plain(text: string): string {
  return formatted(text).map(blockText).join(" ").replace(/\s+/g, " ").trim();
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "text":
      return inlineText(block.children);
    case "block":
      return block.text;
    case "list":
      return block.items.map(({ mark, children }) => `${mark} ${inlineText(children)}`).join(" ");
    case "quote":
      return block.blocks.map(blockText).join(" ");
    default:
      return block satisfies never;
  }
}

function inlineText(parts: readonly Inline[]): string {
  return parts.map((part) => "text" in part ? part.text : inlineText(part.children)).join("");
}
