/** The French words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"fr", typeof english.doorbell> = {
  label: "Sonnette dans ce navigateur",
  note:
    "Une notification quand quelqu’un frappe ou entre dans la salle vide en l’absence de tout propriétaire.",
  absent: {
    insecure: "Les notifications nécessitent une page ouverte en https.",
    browser:
      "Ce navigateur ne peut pas recevoir de notifications. Sur un iPhone, ajoutez Parley à l’écran d’accueil.",
    setting: "L’opérateur de ce serveur a désactivé les notifications.",
    "no-state": "Ce serveur ne peut rien conserver : il ne peut donc pas envoyer de notifications.",
    unreachable:
      "Le serveur ne répond pas au sujet des notifications. Rechargez la page pour réessayer.",
  },
  trouble: {
    denied:
      "Le navigateur n’autorise pas les notifications ici. Autorisez-les dans ses réglages pour ce site.",
    failed: "Les notifications n’ont pas pu être modifiées. Réessayez.",
  },
  notice: {
    knock: "Quelqu’un frappe à la porte de {room}",
    knockOf: "{name} frappe à la porte de {room}",
    knockLine: "Aucun propriétaire n’est là pour répondre.",
    entered: "Quelqu’un a rejoint {room}",
    enteredOf: "{name} a rejoint {room}",
    enteredLine: "Aucun propriétaire n’est là.",
    letIn: "Admettre",
    gone: "Cette personne n’attend plus devant {room}, ou la salle est complète",
    failed: "Cette personne n’a pas pu être admise dans {room}. Ouvrez la salle et réessayez",
  },
};
