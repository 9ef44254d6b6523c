import type { JSX } from "preact";

/** A count at a key's corner: unread lines, or broken connections in red. Nothing for zero. */
export function Badge(
  { count, tone = "news" }: { count: number; tone?: "news" | "danger" },
): JSX.Element | null {
  if (count === 0) return null;
  return <span class={`badge badge-${tone}`} data-count={count > 99 ? "99+" : count} />;
}
