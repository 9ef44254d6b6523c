import { useEffect } from "preact/hooks";
import { loadShell } from "./lazy.ts";

/** Long after anything a person waits for, ms. */
const calmMs = 5_000;

/** Starts the service worker once the page is idle; see shell.ts. `base`: see base.ts. */
export function useShell(base: string, { keepsCode = false } = {}): void {
  useEffect(() => {
    const timer = setTimeout(async () => {
      // Without it, only the offline page is missing.
      const shell = await loadShell().catch(() => undefined);
      await shell?.startWorker(base, { keepsCode });
    }, calmMs);
    return () => clearTimeout(timer);
  }, []);
}
