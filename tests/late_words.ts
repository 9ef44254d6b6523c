/** Late words where no page waits for them: in tests and scripts. */
import { speakLate } from "../app/ui/words/late/late_catalogue.ts";
import { languages } from "../app/ui/words/mod.ts";

/** Loads the late catalogues that the caller imports, in every language. */
export async function loadEveryLateWord(): Promise<void> {
  for (const language of languages) await speakLate(language);
  await speakLate("en");
}
