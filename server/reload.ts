/** What SIGHUP does: reads the settings and the secrets again, and says what came of it. */
import type { Parley } from "./parley.ts";
import { BadSetting } from "./secrets.ts";

/** Changes what can change while calls go on. Whatever is wrong is said in the log, and all stays as it was. */
export function reload({ settings, secrets, log }: Parley): void {
  const reloaded = settings.reload();
  if (!reloaded.ok) {
    for (const reason of reloaded.refusals) {
      log.line("error", "the settings stay as they are", { reason });
    }
    return;
  }
  try {
    secrets.read(settings.config);
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error;
    log.line("error", "the secrets stay as they are", { reason: error.message });
  }
  const { changed, needRestart } = reloaded;
  log.line("info", "settings read again", { changed: changed.join(" ") });
  if (needRestart.length > 0) {
    log.line("warn", "settings that change at a restart only", { names: needRestart.join(" ") });
  }
}
