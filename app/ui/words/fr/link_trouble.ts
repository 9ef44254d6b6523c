/** The French words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"fr", typeof english.linkTrouble> = {
  sealed: "Ce lien est incomplet",
  sealedLead: "La partie après # manque. Demandez le lien complet à la personne qui vous a invité.",
  unsealed: "Une autre salle porte maintenant ce nom",
  unsealedLead: "Elle a été ouverte sans votre lien, personne n’y est donc vérifié.",
  newRoom: "Créer une nouvelle salle",
  linkChanged: "Le lien vers cette salle a changé",
  linkChangedLead: "Demandez le nouveau lien à quelqu’un dans la salle.",
  cutLead:
    "Il manque un morceau de la partie après #. Demandez le lien complet à la personne qui vous a invité.",
  insecure: "Ce lien nécessite une page sécurisée",
  insecureLead:
    "Les liens avec une partie après # ne fonctionnent qu’en https. Ouvrez-le avec https:// au lieu de http://.",
};
