import { useEffect } from "preact/hooks";

/** Long after anything a person waits for, ms. */
const calmMs = 5_000;

/** Starts the service worker once the page is idle; see shell.ts. `base`: see base.ts. */
export function useShell(base: string, { keepsCode = false } = {}): void {
  useEffect(() => {
    const timer = setTimeout(async () => {
      // Without it, only the offline page is missing.
      const shell = await import("./shell.ts").catch(() => undefined);
      await shell?.startWorker(base, { keepsCode });
    }, calmMs);
    return () => clearTimeout(timer);
  }, []);
}
