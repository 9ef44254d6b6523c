/** The French words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"fr", typeof english.picture> = {
  title: "Votre image",
  turn: "Pivoter de 90°",
  turned: "Pivotée de {degrees}°.",
  straight: "Non pivotée.",
  background: "Votre arrière-plan",
  blur: { off: "Visible", light: "Légèrement flouté", strong: "Fortement flouté" },
  blurNote: "Votre propre appareil le floute avant tout envoi. Cela consomme de la batterie.",
  turnBroken: "Votre image ne peut plus être pivotée",
  stopped: {
    strained: "Cet appareil est trop lent pour flouter votre arrière-plan",
    broken: "Votre arrière-plan ne peut plus être flouté",
  },
  stoppedLine: "Votre caméra est désactivée, personne ne le voit donc.",
  again: "Réessayer",
  show: "Montrer mon arrière-plan",
};
