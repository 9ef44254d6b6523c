/** The French words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"fr", typeof english.captions> = {
  asks: "{name} souhaite des sous-titres",
  asksLine: "Votre navigateur peut écrire ce que vous dites. Votre voix reste sur cet appareil.",
  yes: "Écrire les sous-titres",
  no: "Non",
  show: "Afficher les sous-titres",
  showNote: "Demande à chacun d’écrire ce qu’il dit. Aucune voix n’est envoyée à un service.",
  write: "Écrire ce que je dis",
  writeNote: "Pour celles et ceux qui veulent des sous-titres. Votre voix reste sur cet appareil.",
  absentHere: "Ce navigateur ne peut pas reconnaître la parole sur cet appareil.",
  language: "Je parle",
  others: "Qui écrit des sous-titres",
  own: {
    off: "Rien n’est écrit tant que votre micro est coupé ou que personne ne veut de sous-titres.",
    preparing: "Préparation…",
    downloading: "Téléchargement de la langue. Cela peut prendre quelques minutes.",
    on: "Ce que vous dites est écrit.",
    waiting: "La reconnaissance vocale s’est arrêtée. Nouvel essai…",
    language:
      "Ce navigateur ne reconnaît pas cette langue sur l’appareil. Choisissez-en une autre.",
    download:
      "La langue n’a pas pu être téléchargée. Vérifiez votre réseau, puis choisissez-la à nouveau.",
    refused: "Le navigateur n’autorise pas la reconnaissance vocale ici.",
  },
  writers: {
    silent: "n’a pas répondu",
    absent: "a un navigateur qui ne peut pas écrire de sous-titres",
    asked: "a reçu la demande",
    declined: "ne le souhaite pas",
    preparing: "se prépare",
    on: "écrit des sous-titres",
    waiting: "est en pause",
    failed: "ne peut pas écrire de sous-titres pour l’instant",
  },
  transcript: "Transcription",
  transcriptOf: "{product} · {room} · Transcription",
  empty: "Ce qui est dit pendant l’affichage des sous-titres apparaît ici.",
  saveText: "Enregistrer en texte",
  saveVtt: "Enregistrer en WebVTT",
  clear: "Effacer",
};
