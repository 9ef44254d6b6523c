/** How long a client waits before it opens a socket again. All times in milliseconds. */
import type { Retry } from "../../protocol/mod.ts";

/**
 * Within 5 s of the server's listening everybody is back, and media that it relays flows again, so
 * no wait is longer than this one.
 */
const longestMs = 3_000;
const firstMs = 300;
const soonMs = 2_000;
const laterMs = 10_000;

/** `attempt` counts the tries since the last good session, from 0; `random` is in [0, 1). */
export function backoff(
  retry: Exclude<Retry, "never">,
  { attempt, random }: { readonly attempt: number; readonly random: number },
): number {
  switch (retry) {
    case "back":
      return Math.min(longestMs, firstMs * 2 ** attempt) * (0.5 + random / 2);
    case "soon":
      return random * soonMs;
    case "later":
      return laterMs * (1 + random);
    default:
      return retry satisfies never;
  }
}
