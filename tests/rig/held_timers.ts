import type { Page } from "puppeteer-core";

/** Shorter timers go on: they are part of what a page does at once. ms. */
const heldMs = 200;

/**
 * Holds a page's longer timers, so that they cannot fire too early for a test on a slow machine.
 * Call it before the page's scripts run; the returned function starts them, each with its full
 * time.
 */
export async function holdTimers(page: Page): Promise<() => Promise<void>> {
  await page.evaluateOnNewDocument((heldMs) => {
    const { setTimeout, clearTimeout } = globalThis;
    /** By negative ids, which the browser does not use. */
    const held = new Map<number, () => number>();
    const started = new Map<number, number>();
    let isHolding = true;
    let last = 0;
    Object.assign(globalThis, {
      setTimeout: (run: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]) => {
        if (ms < heldMs || !isHolding) return setTimeout(run, ms, ...rest);
        held.set(--last, () => setTimeout(run, ms, ...rest));
        return last;
      },
      clearTimeout: (id = 0) => {
        held.delete(id);
        clearTimeout(started.get(id) ?? id);
      },
      letTimersGo: () => {
        isHolding = false;
        for (const [id, start] of held) started.set(id, start());
        held.clear();
      },
    });
  }, heldMs);
  return () => page.evaluate(() => Reflect.get(globalThis, "letTimersGo")());
}
