import { type ComponentChildren, createContext, type JSX } from "preact";
import { useContext } from "preact/hooks";
import type { ShortcutName } from "./shortcuts.ts";

/** How a shortcut is written on its key; undefined while shortcuts are off or not there yet. */
export const ShortcutLabelContext = createContext<((name: ShortcutName) => string) | undefined>(
  undefined,
);

/** How a key looks: plain, on (a toggle that runs), off (a device that is off), blocked, or the red end. */
export type KeyTone = "plain" | "on" | "off" | "blocked" | "end";

/** A key of the bar. `pressed` only where the caption is constant; else the caption says what a press does. */
export interface BarKeyProps {
  readonly id?: string | undefined;
  readonly icon: ComponentChildren;
  readonly caption: string;
  /** Its name where the caption has room for the first word only. */
  readonly label?: string;
  readonly tone?: KeyTone;
  readonly class?: string | undefined;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** Said to assistive technology after the caption. */
  readonly note?: string | undefined;
  /** The shortcut that does the same. */
  readonly shortcut?: ShortcutName;
  readonly onPress: () => void;
}

/** One key with its caption below; the caption is its name. */
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
      {/* Replaced with its words, in case something translates the page all the same: it tells whether one is heard. */}
      <span class="bar-key-caption" key={caption} aria-hidden="true">{caption}</span>
    </button>
  );
}
