/** The French words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"fr", typeof english.plans> = {
  title: "Prévues",
  plan: "Prévoir une salle",
  none: "Rien n’est prévu dans ce navigateur.",
  own: "Vos salles",
  room: "Salle",
  when: "Date et heure",
  length: "Durée",
  minutes: "{count} min",
  here: "Ce qui est prévu reste dans ce navigateur. L’heure est celle de cet appareil.",
  trouble: {
    room: "Un nom de salle a de 1 à 64 lettres, chiffres et traits d’union.",
    when: "Choisissez une heure qui n’est pas encore passée.",
  },
  cancel: "Annuler",
  save: "Prévoir",
  join: "Rejoindre",
  forget: "Oublier ce qui est prévu dans {room}",
  calendar: "Ajouter à l’agenda",
  calendarOf: "Ajouter {room} à un agenda",
  download: "Télécharger le fichier d’agenda",
  event: "Appel dans {room}",
  withSecret: "Mettre le lien complet dans l’agenda",
  secretOut:
    "Sans lui, l’entrée ne contient que l’adresse de la salle, qui s’ouvre dans ce navigateur.",
  secretIn:
    "Le secret de la salle va dans l’agenda : toute personne qui voit l’entrée, ainsi que le fournisseur de l’agenda, peut rejoindre la salle et lire les messages.",
};
