import type { JSX } from "preact";

/** A small number at a key's corner: unread things, or broken ones in red. Nothing for none. */
export function Badge(
  { count, tone = "news" }: { count: number; tone?: "news" | "danger" },
): JSX.Element | null {
  if (count === 0) return null;
  return <span class={`badge badge-${tone}`} data-count={count > 99 ? "99+" : count} />;
}
