import type { ComponentChildren, JSX } from "preact";
import { type Block, formatted, type Inline } from "./format.ts";
import { mentionParts } from "../mentions/mention.ts";
import { fill } from "../../ui/phrases.ts";
import { useWords } from "../../ui/words.ts";

/** Whom a text may mention: the names in the room, and the own one. */
export interface Mentionable {
  readonly names: readonly string[];
  readonly selfName: string;
}

/** A line's text with its format; elements and text nodes only, whatever it holds. */
export function LineText({ text, ...people }: { text: string } & Mentionable): JSX.Element {
  return <Blocks blocks={formatted(text)} {...people} />;
}

function Blocks({ blocks, ...people }: { blocks: readonly Block[] } & Mentionable): JSX.Element {
  return <>{blocks.map((block, index) => <OneBlock key={index} block={block} {...people} />)}</>;
}

function OneBlock({ block, ...people }: { block: Block } & Mentionable): JSX.Element {
  switch (block.kind) {
    case "text":
      return <Inlines nodes={block.children} {...people} />;
    case "block":
      return (
        <pre dir="auto" translate={false} data-language={block.language || undefined}>
          <code>{block.text}</code>
        </pre>
      );
    case "quote":
      return (
        <blockquote dir="auto">
          <Blocks blocks={block.blocks} {...people} />
        </blockquote>
      );
    case "list": {
      const items = block.items.map(({ mark, children }, index) => (
        <li key={index} value={block.start === undefined ? undefined : parseInt(mark, 10)}>
          <Inlines nodes={children} {...people} />
        </li>
      ));
      return block.start === undefined ? <ul dir="auto">{items}</ul> : <ol dir="auto">{items}</ol>;
    }
    default:
      return block satisfies never;
  }
}

function Inlines({ nodes, ...people }: { nodes: readonly Inline[] } & Mentionable): JSX.Element {
  return <>{nodes.map((node, index) => <OneInline key={index} node={node} {...people} />)}</>;
}

function OneInline({ node, ...people }: { node: Inline } & Mentionable): JSX.Element {
  const { chat } = useWords();
  switch (node.kind) {
    case "text":
      return <WithMentions text={node.text} {...people} />;
    case "link":
      return (
        <>
          {/* Addresses read from left to right in any text. */}
          <a href={node.href} dir="ltr" target="_blank" rel="noopener noreferrer">{node.text}</a>
          {node.host !== undefined && (
            <span class="chat-mark">{fill(chat.leadsTo, { host: node.host })}</span>
          )}
        </>
      );
    case "code":
      return <code dir="auto" translate={false}>{node.text}</code>;
    default: {
      const Tag = node.kind;
      return (
        <Tag>
          <Inlines nodes={node.children} {...people} />
        </Tag>
      );
    }
  }
}

function WithMentions({ text, names, selfName }: { text: string } & Mentionable): JSX.Element {
  const parts = mentionParts(text, names);
  return (
    <>
      {parts.map((part, index): ComponentChildren =>
        part.name === undefined ? part.text : (
          <span
            key={index}
            class={part.name === selfName ? "chat-mention own-name" : "chat-mention"}
            translate={false}
          >
            {part.text}
          </span>
        )
      )}
    </>
  );
}
