import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Pasted, RoomLink } from "./pasted.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useHomeWords } from "./home_words.ts";
import { useWords } from "../ui/words.ts";
import { matches } from "../ui/this_browser.ts";

/**
 * `onJoin` follows an unambiguous text and returns what it holds; `onPaste` returns the line to
 * insert.
 */
export interface JoinFormProps {
  readonly onJoin: (text: string) => Pasted;
  readonly onPaste: (clipboard: { plain: string; html: string }) => string;
}

/** A field for a link or a room's name. */
export function JoinForm({ onJoin, onPaste }: JoinFormProps): JSX.Element {
  const home = useHomeWords();
  const [text, setText] = useState("");
  const [pasted, setPasted] = useState<Pasted>();
  const [hint, setHint] = useState<string>();
  useEffect(() => {
    // A short hint is better than a truncated one.
    if (matches("(max-width: 599px)")) setHint(home.joinLabel);
  }, [home]);
  const submit = (event: Event) => {
    event.preventDefault();
    setPasted(onJoin(text));
  };
  const paste = (event: ClipboardEvent) => {
    const read = (type: string) => event.clipboardData?.getData(type) ?? "";
    const plain = read("text/plain");
    const line = onPaste({ plain, html: read("text/html") });
    // Through the browser's editing, so that it can be undone; otherwise the default paste happens.
    if (line !== plain && document.execCommand("insertText", false, line)) event.preventDefault();
  };
  const bad = pasted !== undefined && pasted.kind !== "links";
  return (
    <form class="join-form" onSubmit={submit} noValidate>
      <label class="field with-icon">
        <Icon name="link" />
        <input
          type="text"
          dir="auto"
          name="link"
          inputMode="url"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-label={home.joinLabel}
          placeholder={hint ?? home.joinHint}
          aria-invalid={bad}
          aria-describedby={bad ? "join-bad" : undefined}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setPasted(undefined);
          }}
          onPaste={paste}
        />
      </label>
      <button type="submit" class="secondary">{home.join}</button>
      {bad && (
        <p id="join-bad" class="field-error" role="alert">
          {pasted.kind === "no-room" ? home.joinNoRoom : home.joinBad}
        </p>
      )}
      {pasted?.kind === "links" && <Choice links={pasted.links} />}
    </form>
  );
}

/** Asks about a text that leads to another server, to several rooms, or is ambiguous. */
function Choice({ links }: { links: readonly RoomLink[] }): JSX.Element | null {
  const home = useHomeWords();
  const { end } = useWords();
  const [first, ...others] = links;
  if (first === undefined) return null;
  const { host, room } = first;
  if (others.length === 0 && host === undefined && first.sure) return null;
  const question = others.length > 0
    ? home.joinWhich
    : host === undefined
    ? fill(end.meant, { room })
    : fill(home.joinElsewhere, { host });
  return (
    <div class="join-choice" role="alert">
      <p>{question}</p>
      {links.map(({ room, host, href }) => (
        <a key={href} class="secondary" href={href} title={href.replace(/#.*/s, "")}>
          {host === undefined
            ? fill(end.joinRoom, { room })
            : others.length === 0
            ? home.openThere
            : fill(home.joinRoomAt, { room, host })}
        </a>
      ))}
    </div>
  );
}
