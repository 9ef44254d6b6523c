/** Keeps a phone from going to sleep while one only looks and listens. */
import { attempt } from "../../protocol/attempt.ts";

/** The part of the browser that is used; `wakeLock` is missing in some, and on plain http. */
export interface Wakeful {
  readonly wakeLock?: Pick<WakeLock, "request">;
}

/** The part of a document that is used. */
export type Seen = Pick<
  Document,
  "visibilityState" | "addEventListener" | "removeEventListener"
>;

/** Holds the screen awake until the returned undo; the browser lets go whenever the page is hidden, so it asks again. */
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
      // Low battery or a policy: the person knows how to keep a phone awake.
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
