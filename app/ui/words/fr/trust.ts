/** The French words for who can be trusted: shields, safety words, alarms. */
import type * as english from "../en/trust.ts";
import type { Spoken } from "../plurals.ts";

/** Trust in the people of a room. */
export const trust: Spoken<"fr", typeof english.trust> = {
  marks: {
    open: "Non vérifié",
    checking: "Vérification en cours",
    unverified: "Non vérifié",
    verified: "Vérifié",
    compared: "Mots comparés",
    differs: "Pas sûr",
    alarm: "Pas sûr",
  },
  openTitle: "Cet appel n’est pas vérifié",
  openLine:
    "Les personnes qui gèrent ce serveur pourraient écouter ; les salles créées avec « Créer une salle » vous en protègent.",
  sealedTitle: "Seules les personnes qui ont le lien peuvent écouter",
  sealedLine:
    "Pour être sûr que personne ne s’interpose, comparez les mots de sécurité avec chaque personne.",
  words: "Mots de sécurité",
  wordsWith: "Mots de sécurité avec {name}",
  read: "Lisez-les-vous l’un à l’autre. S’ils sont identiques, personne ne s’interpose.",
  soon: "Les mots apparaîtront ici dans quelques secondes.",
  gone: "Il n’y a pas de mots, car {name} n’est pas vérifié.",
  comparedBefore: "Vous les avez comparés.",
  same: "Nous les avons comparés",
  differ: "Ils diffèrent",
  differTitle: "Quelqu’un est peut-être entre vous et {name}",
  differLine:
    "Ne dites rien de privé ici. Créez une nouvelle salle et envoyez son lien par un autre moyen.",
  back: "Retour",
  leave: "Quitter et créer une salle",
  reload: "Recharger la page",
  apart: "Par sécurité, vous et {name} ne vous voyez pas et ne vous entendez pas.",
  why: {
    "no-hello": "Impossible de vérifier {name}",
    "wrong-secret": "{name} est venu avec un autre lien",
    "unconfirmed": "La page de {name} ne répond pas à la vérification",
    "altered": "Quelqu’un a modifié ce que {name} a envoyé",
    "replayed": "Quelqu’un a renvoyé d’anciens messages de {name}",
    "withheld": "Quelqu’un retient des messages de {name}",
    "unsealed": "Quelqu’un sans le lien se fait passer pour {name}",
    "fingerprint": "Quelqu’un d’autre a répondu à la place de {name}",
  },
  views: "Vous et {name} ne voyez pas les mêmes personnes",
  viewsLine: "Le serveur cache peut-être quelqu’un. Demandez à {name} qui est là.",
  showPeople: "Afficher les personnes",
  otherBrowser: "{name} utilise un autre navigateur que la dernière fois",
  otherBrowserLine: "Si cela vous surprend, comparez les mots de sécurité.",
  removed: "{by} a exclu {names}",
  youRemoved: "Vous avez exclu {names}",
  changed: "{by} a changé le lien",
  youChanged: "Vous avez changé le lien",
  linkChanged: "Le lien de cette salle a changé.",
  copyNewLink: "Copier le nouveau lien",
  allVerified: "Vérifié avec toutes les personnes présentes",
  allVerifiedLine: "Personne ne peut s’interposer pour écouter, pas même le serveur.",
  notVerified: "Non vérifiés : {names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["singe", "chat", "lion", "cheval", "vache", "cochon", "lapin", "panda"],
    ...["éléphant", "grenouille", "tortue", "serpent", "poisson", "pieuvre", "crabe", "pingouin"],
    ...["hibou", "abeille", "papillon", "dauphin", "cactus", "tournesol", "palmier", "champignon"],
    ...["pomme", "banane", "raisin", "cerises", "ananas", "melon", "carotte", "maïs"],
    ...["pizza", "œuf", "beignet", "glace", "globe", "lune", "étoile", "arc-en-ciel"],
    ...["feu", "bonhomme de neige", "éclair", "ancre", "fusée", "train", "vélo", "tracteur"],
    ...[
      "bateau",
      "ballon",
      "cadeau",
      "football",
      "guitare",
      "trompette",
      "tambour",
      "appareil photo",
    ],
    ...["marteau", "casque", "ampoule", "livre", "parapluie", "réveil", "couronne", "lunettes"],
  ],
};

/** The program of this site. */
export const program: Spoken<"fr", typeof english.program> = {
  line: "Programme {hash}",
  copy: "Copier l’empreinte du programme",
  changed: "Le programme de ce site a changé",
  changedLine:
    "Ce n’est pas celui de votre dernière visite. En général, une nouvelle version a été installée.",
  what: "Qu’est-ce que cela signifie ?",
  about: [
    "Cette page est un programme qui vient du site. Un site qui voudrait écouter pourrait vous envoyer un autre programme.",
    "Chaque version de Parley désigne son programme par une empreinte. Si celle ci-dessous n’en fait pas partie, interrogez les personnes qui gèrent ce site.",
  ],
  before: "Dernière visite",
  now: "Maintenant",
};
