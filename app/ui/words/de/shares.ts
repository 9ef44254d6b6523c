/** The German words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"de", typeof english.shares> = {
  later: "Auch später Beitretenden anbieten",
  noCopy:
    "Für eine Kopie ist hier zu wenig Platz. Ein Neuladen dieser Seite beendet die Übertragung der Datei.",
};
