import { useEffect } from "preact/hooks";
import { loadShell } from "./lazy.ts";

/** Times after a page has come to life, ms. */
const shellMs = {
  /** Long after anything a person waits for. */
  start: 5_000,
  /** In a calm call: the code is hundreds of files, and only a long call outlives an update. */
  keepCode: 30_000,
};

/**
 * Starts the service worker once the page is idle; see shell.ts. `base`: see base.ts. `keepsCode`:
 * the worker also caches this page's code, for a call that outlives an update.
 */
export function useShell(base: string, { keepsCode = false } = {}): void {
  useEffect(() => {
    const afterMs = (ms: number, act: (shell: Shell) => Promise<void>) =>
      setTimeout(async () => {
        // Without it, only the offline page is missing.
        const shell = await loadShell().catch(() => undefined);
        if (shell !== undefined) await act(shell);
      }, ms);
    const timers = [afterMs(shellMs.start, (shell) => shell.startWorker(base))];
    if (keepsCode) timers.push(afterMs(shellMs.keepCode, (shell) => shell.keepCode(base)));
    return () => timers.forEach(clearTimeout);
  }, []);
}

type Shell = Awaited<ReturnType<typeof loadShell>>;
