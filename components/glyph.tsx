import type { JSX } from "preact";

/** How an icon is shown; `size` in CSS pixels, 20 unless told. Icons are decoration: the word stands beside or in a label. */
export interface IconProps {
  readonly size?: number;
  readonly class?: string;
}

/** One icon on the 24 grid, drawn as a single stroked path. */
export function glyph({ size = 20, class: name }: IconProps, path: string): JSX.Element {
  return (
    <svg
      class={name === undefined ? "icon" : `icon ${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
