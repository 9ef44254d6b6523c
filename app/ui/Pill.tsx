import type { ComponentChildren, JSX } from "preact";

/** A one-line notice at the top of the stage. */
export function Pill({ icon, title, children }: {
  icon: ComponentChildren;
  title: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <p class="pill" role="status">
      {icon}
      <span>
        <strong>{title}</strong>
        {children !== undefined && <span class="pill-more">{children}</span>}
      </span>
    </p>
  );
}
