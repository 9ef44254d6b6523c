import type { JSX } from "preact";
import type { Call } from "../../call/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import { Icon } from "../../ui/Icon.tsx";
import { fill } from "../../ui/phrases.ts";
import { plain } from "../text/plain.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { signsOf } from "./extra.tsx";

/** The pinned line over the others; a press shows it in its place. */
export function PinStrip({ call, shown, lines, onJump }: {
  readonly call: Call;
  readonly shown: boolean;
  readonly lines: readonly LineEntry[];
  readonly onJump: (entry: LineEntry) => void;
}): JSX.Element | null {
  const words = chatMarkWordsOf(useWords());
  const signs = signsOf(call).value;
  const pin = signs?.marks.pinned.value;
  if (signs === undefined || pin === undefined) return null;
  const entry = lines.findLast(({ from, ref }) => from === pin.from && ref === pin.ref);
  const text = plain(entry?.text ?? pin.text);
  const tabIndex = shown ? 0 : -1;
  const content = (
    <>
      <strong class="notranslate" translate={false} dir="auto">{pin.author}</strong>
      <span key={text} dir="auto">{text}</span>
    </>
  );
  return (
    <section
      class="chat-pin"
      aria-label={words.pinnedLine}
      title={fill(words.pinned, { by: pin.by })}
    >
      <Icon name="pin" size={16} />
      {entry === undefined ? <p class="chat-pin-text">{content}</p> : (
        <button
          type="button"
          class="chat-pin-text"
          tabIndex={tabIndex}
          aria-label={`${fill(words.showPinned, { name: pin.author })}: ${text}`}
          onClick={() => onJump(entry)}
        >
          {content}
        </button>
      )}
      {signs.mayPin && (
        <button
          type="button"
          class="chat-pin-off"
          tabIndex={tabIndex}
          aria-label={words.unpin}
          title={words.unpin}
          onClick={() => signs.marks.pin(pin, false)}
        >
          <Icon name="pin-off" size={16} />
        </button>
      )}
    </section>
  );
}
