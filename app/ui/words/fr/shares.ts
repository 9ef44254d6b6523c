/** The French words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"fr", typeof english.shares> = {
  later: "Proposer aussi aux personnes qui arriveront plus tard",
  noCopy: "Il n’y a pas assez d’espace pour une copie ici. Recharger cette page arrête le fichier.",
};
