import type { ComponentChildren, JSX } from "preact";

/** One line at the stage's top that covers nothing and greys nothing. */
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
