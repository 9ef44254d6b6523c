import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Pasted, RoomLink } from "../mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { matches } from "../ui/this_browser.ts";

/** `onJoin` goes where the text leads without a doubt, and says what it holds; `onPaste` gives what is to be put in. */
export interface JoinFormProps {
  readonly onJoin: (text: string) => Pasted;
  readonly onPaste: (clipboard: { plain: string; html: string }) => string;
}

/** A field for a link or a room's name. */
export function JoinForm({ onJoin, onPaste }: JoinFormProps): JSX.Element {
  const { home } = useWords();
  const [text, setText] = useState("");
  const [pasted, setPasted] = useState<Pasted>();
  const [hint, setHint] = useState<string>();
  useEffect(() => {
    // Half a hint says less than a short one.
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
    // By the browser's own hand, so that it can be undone; else it pastes as it always does.
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

/** Where a text leads that leads to another server, or to more than one room; nothing for who is on the way. */
function Choice({ links }: { links: readonly RoomLink[] }): JSX.Element | null {
  const { home } = useWords();
  const [first] = links;
  if (first === undefined || (links.length === 1 && first.host === undefined)) return null;
  const host = first.host ?? "";
  return (
    <div class="join-choice" role="alert">
      <p>{links.length === 1 ? fill(home.joinElsewhere, { host }) : home.joinWhich}</p>
      {links.map(({ room, host, href }) => (
        <a key={href} class="secondary" href={href} title={href.replace(/#.*/s, "")}>
          {links.length === 1
            ? home.openThere
            : host === undefined
            ? fill(home.joinRoom, { room })
            : fill(home.joinRoomAt, { room, host })}
        </a>
      ))}
    </div>
  );
}
