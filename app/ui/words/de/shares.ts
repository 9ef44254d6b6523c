/** The German words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"de", typeof english.shares> = {
  later: "Auch später Kommenden anbieten",
  noCopy: "Hier ist zu wenig Platz für eine Kopie. Ein Neuladen der Seite hält die Datei an.",
};
