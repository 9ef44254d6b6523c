/** The French words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"fr", typeof english.pictures> = {
  title: "Vidéo que vous recevez",
  titleFrom: "Vidéo de {name}",
  choices: { auto: "Automatique", large: "Grande", small: "Petite", sound: "Son seulement" },
  notes: {
    auto: "Aussi grande qu’elle est affichée",
    large: "Toujours en pleine taille, ce qui consomme plus de données",
    small: "Les caméras restent petites, les écrans partagés restent lisibles",
    sound: "Aucune caméra et aucun écran partagé ne vous sont envoyés",
  },
  soundFrom: "Ni la caméra ni l’écran partagé ne vous sont envoyés",
  stubborn: "La page de {name} envoie toujours tout. Vous pouvez seulement masquer.",
  soundOnly: "Son seulement",
  soundOnlyLine: "Vous avez choisi le son seul, cet écran ne vous est donc pas envoyé.",
  hidden: "Masquée",
  show: "Afficher la vidéo de {name}",
  showShort: "Afficher la vidéo",
};
