/** The French words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"fr", typeof english.screenEnd> = {
  others: {
    stopped: ["{name} a arrêté le partage", "L’écran partagé est fermé."],
    frozen: ["L’écran de {name} est figé", "La connexion à {name} est en cours de rétablissement."],
    unlinked: [
      "L’écran de {name} a disparu pour l’instant",
      "La connexion a été perdue. L’écran reviendra avec elle.",
    ],
    reserved: [
      "L’écran de {name} est masqué",
      "Seuls les propriétaires peuvent désormais partager leur écran.",
    ],
    left: ["L’écran de {name} a disparu", "{name} n’est plus dans la salle."],
  },
  own: {
    browser: [
      "Votre écran n’est plus partagé",
      "Le partage a été arrêté dans le navigateur, ou ce que vous partagiez a été fermé.",
    ],
    owners: [
      "Votre écran n’est plus partagé",
      "Seuls les propriétaires peuvent désormais partager leur écran.",
    ],
  },
};
