/** The French words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"fr", typeof english.noise> = {
  more: "Supprimer plus de bruit",
  moreWhy: "Aussi les claviers, ventilateurs et la circulation. Sollicite davantage le processeur.",
  replaced: "Inutile tant que plus de bruit est supprimé.",
  compare: "Entendre la différence",
  records: "Dites quelque chose…",
  compares: "Voici comment on vous entend",
  stop: "Arrêter",
  without: "Avec bruit",
  with: "Sans bruit",
  failed: "Cela n’a pas fonctionné ici.",
  givenUp: "Le bruit est maintenant moins bien supprimé",
  strained: "Cet appareil est trop occupé pour en faire plus.",
  impossible: "Ce navigateur ne peut pas en faire plus avec ce micro.",
  again: "Réessayer",
};
