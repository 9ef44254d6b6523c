/** The French words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"fr", typeof english.shares> = {
  later: "Proposer aux personnes qui arrivent plus tard",
  noCopy: "Il y a trop peu d’espace ici pour une copie. Recharger cette page arrête le fichier.",
};
