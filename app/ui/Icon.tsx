import type { JSX } from "preact";
import type { IconName } from "./IconShapes.tsx";

/** `size` in CSS pixels. */
export interface IconProps {
  readonly name: IconName;
  readonly size?: number;
  readonly class?: string;
}

/**
 * An icon, by reference to the page's IconShapes. Decorative: its words are beside it or in a
 * label.
 */
export function Icon({ name, size = 20, class: own }: IconProps): JSX.Element {
  return (
    <svg
      class={own === undefined ? "icon" : `icon ${own}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <use href={`#icon-${name}`} />
    </svg>
  );
}
