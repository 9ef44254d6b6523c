/** The French words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"fr", typeof english.doorbell> = {
  label: "Prévenir dans ce navigateur",
  note:
    "Un avis quand quelqu’un frappe ou entre dans la salle vide en l’absence d’un propriétaire.",
  absent: {
    insecure: "Les avis nécessitent une page chargée en https.",
    browser:
      "Ce navigateur ne peut pas recevoir d’avis. Sur un iPhone, ajoutez Parley à l’écran d’accueil.",
    setting: "L’opérateur de ce serveur a désactivé les avis.",
    "no-state": "Ce serveur ne peut rien conserver, il ne peut donc pas envoyer d’avis.",
    unreachable: "Le serveur ne répond pas au sujet des avis. Rechargez la page pour réessayer.",
  },
  trouble: {
    denied:
      "Le navigateur n’autorise pas les avis ici. Autorisez-les dans ses réglages pour ce site.",
    failed: "Les avis n’ont pas pu être modifiés. Réessayez.",
  },
  notice: {
    knock: "Quelqu’un frappe à {room}",
    knockOf: "{name} frappe à {room}",
    knockLine: "Aucun propriétaire n’est là pour répondre.",
    entered: "Quelqu’un est entré dans {room}",
    enteredOf: "{name} est entré dans {room}",
    enteredLine: "Aucun propriétaire n’est là.",
    letIn: "Faire entrer",
    gone: "L’attente à {room} a pris fin, ou la salle est complète",
    failed: "L’entrée dans {room} n’a pas pu être accordée. Ouvrez la salle et réessayez",
  },
};
