/** Keeps a phone awake during a call. */
import { attempt } from "../../protocol/attempt.ts";

/** The part of the browser that is used; `wakeLock` is missing in some, and over plain http. */
export interface Wakeful {
  readonly wakeLock?: Pick<WakeLock, "request">;
}

/** The part of a document that is used. */
export type Seen = Pick<
  Document,
  "visibilityState" | "addEventListener" | "removeEventListener"
>;

/**
 * Keeps the screen awake; returns its undo. The browser releases the lock when the page is hidden,
 * so it is requested again.
 */
export function keepAwake(browser: Wakeful = navigator, page: Seen = document): () => void {
  let over = false;
  let held: WakeLockSentinel | undefined;
  let asking = false;
  const hold = async () => {
    if (asking || over || page.visibilityState !== "visible" || held?.released === false) return;
    asking = true;
    try {
      held = await browser.wakeLock?.request("screen");
    } catch {
      // Refused for low battery or by policy: the screen may sleep.
    }
    asking = false;
    if (over) release();
  };
  const release = () => void attempt(() => held?.release());
  const look = () => void hold();
  page.addEventListener("visibilitychange", look);
  look();
  return () => {
    over = true;
    page.removeEventListener("visibilitychange", look);
    release();
  };
}
