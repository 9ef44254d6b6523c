import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** `onJoin` says whether the text named a room. */
export interface JoinFormProps {
  readonly onJoin: (text: string) => boolean;
}

/** A field for a link or a room's name. */
export function JoinForm({ onJoin }: JoinFormProps): JSX.Element {
  const { home } = useWords();
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  const [hint, setHint] = useState<string>();
  useEffect(() => {
    // Half a hint says less than a short one.
    if (matchMedia("(max-width: 599px)").matches) setHint(home.joinLabel);
  }, [home]);
  const submit = (event: Event) => {
    event.preventDefault();
    setBad(!onJoin(text));
  };
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
            setBad(false);
          }}
        />
      </label>
      <button type="submit" class="secondary">{home.join}</button>
      {bad && <p id="join-bad" class="field-error" role="alert">{home.joinBad}</p>}
    </form>
  );
}
