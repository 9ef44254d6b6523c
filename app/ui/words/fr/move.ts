/** The French words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"fr", typeof english.move> = {
  key: "Continuer sur un autre appareil",
  title: "Continuer sur un autre appareil",
  scan: "Scannez ce code avec l’appareil photo de votre téléphone ou tablette.",
  qr: "Code pour continuer sur un autre appareil",
  type:
    "Ou ouvrez-y la salle, choisissez « Continuer depuis un autre appareil » et saisissez ce code :",
  note:
    "Le code fonctionne une seule fois, pendant deux minutes, tant que cette fenêtre est ouverte. Ne le montrez à personne : " +
    "qui l’utilise se fait passer pour vous.",
  states: {
    making: "Création d’un code…",
    taken: "Votre autre appareil a le code et rejoint l’appel…",
    late: "Le code n’a pas été utilisé à temps.",
    offline: "Le serveur est injoignable. Un code apparaîtra dès que possible.",
    unanswered: "Le serveur n’a pas répondu. Il est peut-être trop ancien pour cela.",
    insecure: "Cela nécessite une connexion sécurisée (https).",
  },
  again: "Nouveau code",
  moved: "Vous avez continué sur un autre appareil",
  movedLead: "Votre appel se poursuit là-bas. Les autres n’ont rien remarqué.",
  back: "Reprendre ici",
  take: {
    title: "Continuez votre appel ici",
    lead: "Vous rejoignez l’appel comme la même personne, et votre autre appareil le quitte.",
    field: "Code sur votre autre appareil",
    action: "Continuer ici",
    working: "Reprise de l’appel…",
    devices: "Préparation de vos appareils…",
    other: "Rejoindre comme une autre personne",
    enter: "Continuer depuis un autre appareil",
    problems: {
      unreadable: "Ce code n’est pas complet. Il compte 16 lettres et chiffres.",
      "no-code":
        "Ce code a expiré ou a déjà été utilisé. Affichez-en un nouveau sur votre autre appareil.",
      "too-soon": "Trop de codes incorrects. Patientez un instant, puis réessayez.",
      unanswered: "Le serveur n’a pas répondu. Vérifiez votre réseau, puis réessayez.",
      unopened:
        "Ce que votre autre appareil a envoyé ne peut pas être ouvert. Affichez-y un nouveau code.",
      insecure: "Cela nécessite une connexion sécurisée (https).",
    },
  },
};
