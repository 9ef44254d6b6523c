import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { limits } from "../../protocol/limits.ts";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** A field for a room's password. It is not the person's, so password managers should ignore it. */
export function PasswordField({ label, value, error, onChange }: {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
}): JSX.Element {
  const { door } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <label class="labelled">
      {label}
      <span class="field with-icon password-field">
        <Icon name="key" />
        <input
          type={isShown ? "text" : "password"}
          name="room-password"
          autocomplete="off"
          maxLength={limits.password}
          value={value}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : "password-error"}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <button
          type="button"
          class="quiet-key"
          aria-label={isShown ? door.hide : door.show}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? "hidden" : "eye"} />
        </button>
      </span>
      {error !== undefined && (
        <span class="field-error" id="password-error" role="alert">{error}</span>
      )}
    </label>
  );
}
