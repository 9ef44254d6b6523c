/** Handles SIGHUP: reads the settings and the secrets again. */
import type { Parley } from "./parley.ts";
import { BadSetting } from "./secrets.ts";

/** Applies the settings that can change at run time. Errors are logged and change nothing. */
export function reload({ settings, secrets, log }: Parley): void {
  const reloaded = settings.reload();
  if (!reloaded.ok) {
    for (const reason of reloaded.refusals) {
      log.line("error", "invalid settings; the old ones stay", { reason });
    }
    return;
  }
  try {
    secrets.read(settings.config);
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    log.line("error", "invalid secrets; the old ones stay", { reason: error.message });
  }
  const { changed, needRestart } = reloaded;
  log.line("info", "settings read again", { changed: changed.join(" ") });
  if (needRestart.length > 0) {
    log.line("warn", "some changed settings need a restart", { names: needRestart.join(" ") });
  }
}
