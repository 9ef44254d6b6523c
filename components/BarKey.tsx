import type { ComponentChildren, JSX } from "preact";

/** How a key looks: plain, on (a toggle that runs), off (a device that is off), blocked, or the red end. */
export type KeyTone = "plain" | "on" | "off" | "blocked" | "end";

/** A key of the bar. `pressed` only where the caption is constant; else the caption says what a press does. */
export interface BarKeyProps {
  readonly id?: string;
  readonly icon: ComponentChildren;
  readonly caption: string;
  readonly tone?: KeyTone;
  readonly class?: string;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly badge?: number;
  /** Unread things by default; broken ones in red. */
  readonly badgeTone?: "news" | "danger";
  /** Said to assistive technology in place of the bare number. */
  readonly badgeWords?: string;
  readonly onPress: () => void;
}

/** One key with its caption below; the caption is its name. */
export function BarKey(props: BarKeyProps): JSX.Element {
  const { icon, caption, tone = "plain", badge = 0 } = props;
  return (
    <button
      type="button"
      id={props.id}
      class={`bar-key tone-${tone} ${props.class ?? ""}`}
      aria-label={caption}
      aria-description={badge > 0 ? props.badgeWords : undefined}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={props.onPress}
    >
      <span class="bar-key-face">
        {icon}
        {badge > 0 && (
          <span
            class={`badge badge-${props.badgeTone ?? "news"}`}
            data-count={badge > 99 ? "99+" : badge}
          />
        )}
      </span>
      <span class="bar-key-caption" aria-hidden="true">{caption}</span>
    </button>
  );
}
