import type { JSX } from "preact";
import { type FormatPart, formatted } from "./chat_format.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A line's text with its links and code; text nodes only, whatever it holds. */
export function ChatText({ text }: { text: string }): JSX.Element {
  return <>{formatted(text).map((part, index) => <Part key={index} part={part} />)}</>;
}

function Part({ part }: { part: FormatPart }): JSX.Element {
  const { chat } = useWords();
  switch (part.kind) {
    case "text":
      return <>{part.text}</>;
    case "link":
      return (
        <>
          {/* Addresses read from left to right in any text. */}
          <a href={part.href} dir="ltr" target="_blank" rel="noopener noreferrer">{part.text}</a>
          {part.host !== undefined && (
            <span class="chat-mark">{fill(chat.leadsTo, { host: part.host })}</span>
          )}
        </>
      );
    case "code":
      return <code dir="auto" translate={false}>{part.text}</code>;
    case "block":
      return (
        <pre dir="auto" translate={false}>
          <code>{part.text}</code>
        </pre>
      );
    default:
      return part satisfies never;
  }
}
