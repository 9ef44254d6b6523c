import { type ComponentChildren, createContext, type JSX } from "preact";
import { useContext } from "preact/hooks";
import type { ShortcutName } from "./shortcuts.ts";

/** How a shortcut is shown on its key; undefined while shortcuts are off or not loaded. */
export const ShortcutLabelContext = createContext<((name: ShortcutName) => string) | undefined>(
  undefined,
);

/**
 * How a key looks: plain, on (a toggle that runs), off (a device that is off), blocked, or the red
 * end.
 */
export type KeyTone = "plain" | "on" | "off" | "blocked" | "end";

/** `pressed` only if the caption is constant; otherwise the caption says what a press does. */
export interface BarKeyProps {
  readonly id?: string | undefined;
  readonly icon: ComponentChildren;
  readonly caption: string;
  /** The full name, if the caption has only part of it. */
  readonly label?: string;
  readonly tone?: KeyTone;
  readonly class?: string | undefined;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Added to the accessible name. */
  readonly note?: string | undefined;
  /** The shortcut that does the same. */
  readonly shortcut?: ShortcutName;
  readonly onPress: () => void;
}

/** A key with its caption below, which is its name. */
export function BarKey(props: BarKeyProps): JSX.Element {
  const { icon, caption, tone = "plain", label = caption, shortcut } = props;
  const labelOf = useContext(ShortcutLabelContext);
  const key = shortcut && labelOf?.(shortcut);
  return (
    <button
      type="button"
      id={props.id}
      class={`bar-key tone-${tone} ${props.class ?? ""}`}
      aria-label={label}
      aria-keyshortcuts={key}
      title={key && `${label} (${key})`}
      // Preact would leave an empty title behind.
      ref={(button) => void (key ?? button?.removeAttribute("title"))}
      aria-description={props.note}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      disabled={props.disabled}
      onClick={props.onPress}
    >
      <span class="bar-key-face">{icon}</span>
      {
        /* Keyed by its text, in case the page is translated anyway: it says whether the person
          is heard. */
      }
      <span class="bar-key-caption" key={caption} aria-hidden="true">{caption}</span>
    </button>
  );
}
