/** The French words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"fr", typeof english.silence> = {
  title: "Les autres n’entendent rien de vous",
  unnamed: "Votre micro",
  muted:
    "{label} est coupé par une touche de l’appareil ou par le système. Réactivez-le là, ou choisissez-en un autre dans le menu du micro.",
  dead:
    "Rien ne vient de {label}. Cherchez une touche de coupure ou une prise mal enfoncée, ou choisissez-en un autre dans le menu du micro.",
  elsewhere: "{other} vous entend, lui.",
  use: "Utiliser celui-là",
};
