import type { ComponentChildren, JSX } from "preact";

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
  readonly onPress: () => void;
}

/** One key with its caption below; the caption is its name. */
export function BarKey(props: BarKeyProps): JSX.Element {
  const { icon, caption, tone = "plain" } = props;
  return (
    <button
      type="button"
      id={props.id}
      class={`bar-key tone-${tone} ${props.class ?? ""}`}
      aria-label={props.label ?? caption}
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
