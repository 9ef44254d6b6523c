/**
 * Recordings of which this tab was part when its page was reloaded, so that the next page goes on
 * with them. Invariant: a page that is opened in another way, or later, goes on with none.
 */
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import { attempt } from "../../protocol/attempt.ts";

const storageKey = "parley.recordings";
/** ms between the end of a page and the next one that is still a reload. */
const reloadMs = 60_000;

const keptCheck = is.object({
  /** ms since the epoch. */
  at: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  owners: is.list(is.text({ most: 32 }), 1_000),
});

/** Takes what the page before this one has kept, once. */
export function takeReturned(): readonly string[] {
  return attempt(() => {
    const json = sessionStorage.getItem(storageKey);
    sessionStorage.removeItem(storageKey);
    const [visit] = performance.getEntriesByType("navigation");
    if (json === null || Reflect.get(Object(visit), "type") !== "reload") return [];
    const read = checked(keptCheck, JSON.parse(json));
    return read.ok && Math.abs(Date.now() - read.message.at) < reloadMs ? read.message.owners : [];
  }) ?? [];
}

/** Keeps what `running` returns when the page ends; `signal` ends it. */
export function keepForReload(running: () => readonly string[], signal: AbortSignal): void {
  const keep = () => {
    const kept: is.Checked<typeof keptCheck> = { at: Date.now(), owners: [...running()] };
    attempt(() => sessionStorage.setItem(storageKey, JSON.stringify(kept)));
  };
  addEventListener("pagehide", keep, { signal });
}
