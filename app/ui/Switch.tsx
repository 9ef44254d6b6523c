import type { JSX } from "preact";

/** A switch with its label, and a note that says what it does. */
export function Switch({ label, note, checked, disabled, onSwitch }: {
  label: string;
  note?: string;
  checked: boolean;
  disabled?: boolean;
  onSwitch: (on: boolean) => void;
}): JSX.Element {
  return (
    <label class="choice switch-row">
      <span>
        {label}
        <small>{note}</small>
      </span>
      <input
        type="checkbox"
        role="switch"
        aria-label={label}
        aria-description={note}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
    </label>
  );
}
