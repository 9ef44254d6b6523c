import { useEffect } from "preact/hooks";
import { loadShell } from "./lazy.ts";

/** Long after what a person waits for, ms. */
const calmMs = 5_000;

/** Starts the service worker once the page has come to rest; see shell.ts. `base`: see base.ts. */
export function useShell(base: string, { keepsCode = false } = {}): void {
  useEffect(() => {
    const timer = setTimeout(async () => {
      // Without it everything works but the page for when there is no network.
      const shell = await loadShell().catch(() => undefined);
      await shell?.startWorker(base, { keepsCode });
    }, calmMs);
    return () => clearTimeout(timer);
  }, []);
}
