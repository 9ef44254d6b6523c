import type { JSX } from "preact";
import { type FormatPart, formatted } from "./chat_format.ts";

/** A line's text with its links and code; text nodes only, whatever somebody wrote. */
export function ChatText({ text }: { text: string }): JSX.Element {
  return <>{formatted(text).map((part, index) => <Part key={index} part={part} />)}</>;
}

function Part({ part }: { part: FormatPart }): JSX.Element {
  switch (part.kind) {
    case "text":
      return <>{part.text}</>;
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
      );
    case "code":
      return <code translate={false}>{part.text}</code>;
    case "block":
      return (
        <pre translate={false}>
          <code>{part.text}</code>
        </pre>
      );
    default:
      return part satisfies never;
  }
}
