/** French. */
import { admin } from "./admin.ts";
import { doctor } from "./doctor.ts";
import { door, linkKeys, owners } from "./owners.ts";
import {
  chat,
  entering,
  files,
  invite,
  links,
  shortcuts,
  stage,
  talk,
  toasts,
  wayOut,
} from "./panels.ts";
import type { English } from "../en/mod.ts";
import type { Spoken } from "../plurals.ts";

type Own = Spoken<"fr", English>;

const common: Own["common"] = {
  tag: "fr",
  locale: "fr",
  product: "Parley",
  someone: "Quelqu’un",
  language: "Langue",
  theme: "Thème",
  themeSystem: "Système",
  themeLight: "Clair",
  themeDark: "Sombre",
  close: "Fermer",
  tryAgain: "Réessayer",
  unloaded: "La page est encore en cours de chargement. Si rien ne se passe, rechargez-la.",
  copied: "Copié",
  copyLink: "Copier le lien",
  home: "Page d’accueil de Parley",
  selfName: "{name} (vous)",
  guest: "Invité",
  doctor: "Vérifier les appels",
};

const home: Own["home"] = {
  headline: ["Un lien.", "Vous vous voyez et vous entendez."],
  lead: "Une salle vidéo pour deux à seize personnes. Rien à installer, pas de compte.",
  newRoom: "Votre nouvelle salle",
  anotherName: "Autre nom",
  start: "Créer une salle",
  joinLabel: "Lien ou nom de salle",
  joinHint: "Vous avez un lien ou un nom de salle ? Saisissez-le ici",
  join: "Rejoindre",
  joinBad:
    "Ce n’est ni un lien ni un nom de salle. Les noms de salle utilisent des lettres, des chiffres, - et _.",
  joinNoRoom:
    "Ce lien ne mène pas à une salle. Les liens de salle contiennent /r/ et le nom de la salle.",
  joinElsewhere: "Ce lien mène à un autre serveur, {host}.",
  openThere: "L’ouvrir là-bas",
  joinWhich: "Ce texte contient plusieurs salles. Laquelle ?",
  joinRoomAt: "Ouvrir {room} sur {host}",
  visited: "Salles récentes dans ce navigateur",
  forgetRoom: "Oublier {room}",
  facts: ["Chiffré entre les navigateurs", "2–16 personnes", "Aussi en simple discussion"],
};

const before: Own["before"] = {
  about: "Vous allez rejoindre",
  name: "Votre nom",
  mirrored: "Inversé comme un miroir pour vous seul",
  preview: "Aperçu de la caméra",
  camera: "Caméra",
  microphone: "Micro",
  speaker: "Haut-parleur",
  unnamedDevice: "{kind} {number}",
  defaultDevice: "Par défaut du système",
  cameraOff: "Votre caméra est désactivée",
  cameraStarting: "Démarrage de la caméra…",
  turnCamera: "Utiliser la caméra",
  turnMicrophone: "Utiliser le micro",
  blockedShort: "Bloqué par le navigateur",
  missingShort: { camera: "Aucune caméra trouvée", microphone: "Aucun micro trouvé" },
  busyShort: { camera: "La caméra est déjà utilisée", microphone: "Le micro est déjà utilisé" },
  insecureShort: "Nécessite une page sécurisée",
  brokenShort: {
    camera: "La caméra n’a pas pu démarrer",
    microphone: "Le micro n’a pas pu démarrer",
  },
  heard: "Nous vous entendons",
  unheard: "Nous n’entendons encore rien",
  listening: "Dites quelque chose",
  microphoneOff: "Le micro est désactivé",
  microphoneMissing: "Pas de micro",
  level: "Niveau du micro",
  joinBoth: "Rejoindre avec caméra et micro",
  joinCamera: "Rejoindre avec la caméra",
  joinMicrophone: "Rejoindre avec le micro",
  joinListen: "Rejoindre et écouter",
  withoutCamera: "Sans caméra",
  joinWithoutCamera: "Rejoindre sans caméra",
  textOnly: "Texte seulement",
  joining: "Connexion…",
  sealed: "Seules les personnes qui ont ce lien peuvent vous voir, vous entendre ou vous lire.",
  open: "Non vérifié : le serveur pourrait écouter.",
};

const trouble: Own["trouble"] = {
  refusedTitle: {
    camera: "Votre navigateur empêche cette page d’utiliser la caméra",
    microphone: "Votre navigateur empêche cette page d’utiliser le micro",
    both: "Votre navigateur empêche cette page d’utiliser la caméra et le micro",
  },
  missingTitle: {
    camera: "Aucune caméra trouvée",
    microphone: "Aucun micro trouvé",
    both: "Ni caméra ni micro trouvés",
  },
  busyTitle: {
    camera: "Un autre programme utilise la caméra",
    microphone: "Un autre programme utilise le micro",
    both: "Un autre programme utilise la caméra ou le micro",
  },
  brokenTitle: {
    camera: "La caméra n’a pas pu démarrer",
    microphone: "Le micro n’a pas pu démarrer",
    both: "La caméra et le micro n’ont pas pu démarrer",
  },
  insecureTitle: "La caméra et le micro nécessitent une page sécurisée",
  refusedChromium:
    "Cliquez sur l’icône des réglages dans la barre d’adresse, autorisez l’accès, puis réessayez.",
  refusedFirefox:
    "Cliquez sur l’icône barrée dans la barre d’adresse, levez le blocage, puis réessayez.",
  refusedSafari:
    "Choisissez Réglages pour ce site web dans le menu Safari ou le menu aA, autorisez l’accès, puis réessayez.",
  refusedOther:
    "Autorisez l’accès pour cette page dans les réglages du navigateur, puis réessayez.",
  missing: "Branchez-en un : il sera détecté automatiquement.",
  busy: "Fermez l’autre programme ou l’autre onglet, puis réessayez.",
  insecure: "Ouvrez cette page avec https:// ou sur localhost.",
  broken: "Débranchez-le et rebranchez-le, ou choisissez un autre appareil.",
  goOn: "Vous pouvez aussi rejoindre sans et l’activer plus tard.",
};

const room: Own["room"] = {
  people: { one: "# personne", other: "# personnes" },
  stage: "Personnes dans l’appel",
  controls: "Commandes de l’appel",
  mute: "Couper",
  unmute: "Activer",
  stopVideo: "Arrêter vidéo",
  startVideo: "Vidéo",
  share: "Partager",
  stopSharing: "Arrêter",
  hand: "Main",
  chat: "Chat",
  peoplePanel: "Personnes",
  leave: "Quitter",
  more: "Plus",
  record: "Enregistrer",
  captions: "Sous-titres",
  microphoneSettings: "Micro et haut-parleur",
  cameraSettings: "Réglages de la caméra",
  noDevices: "Aucun appareil trouvé",
  handRaised: "Main levée",
  isMuted: "micro coupé",
  cameraIsOff: "caméra désactivée",
  screenOf: "Écran de {name}",
  yourScreen: "Votre écran",
  tapToHear: "Touchez pour entendre les autres",
  tapToHearWhy: "Votre navigateur bloque le son tant que vous n’avez pas touché la page.",
  inviteTitle: "Vous êtes la première personne ici",
  inviteAgain: "Il n’y a plus que vous ici",
  inviteLead: "Toute personne qui a ce lien peut rejoindre.",
  inviteLink: "Lien vers cette salle",
  copyTheLink: "Copier le lien",
  unread: { one: "# nouveau message", other: "# nouveaux messages" },
  callTime: "Durée de l’appel",
  online: "dans la salle",
  you: "Vous",
};

const link: Own["link"] = {
  connecting: "Connexion…",
  reconnecting: "Reconnexion… {seconds} s",
  kept: "Dernière image affichée. {name} est toujours dans la salle.",
  away: "{name} a perdu le serveur et se reconnecte.",
  failed: "Connexion impossible entre vous et {name}",
  causes: {
    "no-answer": "L’autre navigateur n’a pas répondu. Le chat fonctionne toujours.",
    "no-relay":
      "L’un de vos réseaux bloque les appels directs et il n’y a pas de relais. Le chat fonctionne toujours.",
    "relay-unreachable":
      "Le réseau de {name} bloque les appels directs et tous les accès au relais. Le chat fonctionne toujours.",
    "no-path": "Aucun chemin trouvé entre vos réseaux. Le chat fonctionne toujours.",
    "broken": "La connexion a été perdue. Le chat fonctionne toujours.",
  },
  relayUnreachableHere:
    "Votre réseau bloque les appels directs et tous les accès au relais. Le chat fonctionne toujours.",
  reconnectingNow: "Reconnexion…",
  failedShort: "Connexion impossible",
};

const pill: Own["pill"] = {
  reconnecting: "Reconnexion… votre appel continue",
  waiting: "Les messages écrits maintenant seront envoyés après la reconnexion.",
  shareFailed: "L’écran n’a pas pu être partagé.",
  roomsRate: "Trop de nouvelles salles depuis votre réseau. Patientez une minute.",
};

/** Joining takes too long: a heading and a line for each known cause. */
const stuck: Own["stuck"] = {
  offline: ["Vous êtes hors ligne", "Vous rejoindrez la salle dès le retour du réseau."],
  unreachable: [
    "Le serveur ne répond pas",
    "Votre réseau est peut-être en panne, ou le serveur temporairement indisponible.",
  ],
  forbidden: [
    "Le serveur refuse les appels depuis cette adresse (403)",
    "Son opérateur peut l’autoriser avec --allow-origin, ou faire transmettre l’en-tête Host par le proxy.",
  ],
  missing: [
    "Aucun serveur d’appels à cette adresse (404)",
    "Son opérateur doit configurer le proxy pour qu’il transmette /ws à Parley.",
  ],
  crowded: [
    "Trop de connexions depuis votre réseau (429)",
    "Fermez d’autres onglets avec des appels, ou attendez que quelqu’un de votre réseau quitte.",
  ],
  busy: [
    "Le serveur est trop occupé pour l’instant (503)",
    "Il vous laissera entrer dès que possible.",
  ],
  away: [
    "Le serveur est temporairement indisponible",
    "Le proxy placé devant lui répond : il redémarre probablement.",
  ],
  blocked: [
    "La connexion de l’appel est bloquée",
    "Les pages se chargent, donc quelque chose entre vous et le serveur bloque WebSocket : un proxy, un pare-feu ou un antivirus. Un autre réseau peut aider.",
  ],
  strange: [
    "Autre chose répond à la place du serveur",
    "Cela arrive sur les réseaux qui demandent de s’identifier. Rechargez la page pour voir ce qu’ils demandent.",
  ],
  now: "Réessayer maintenant",
  goesOn: "Cette page continue d’essayer.",
};

const end: Own["end"] = {
  leftSoon: "Vous avez quitté la salle",
  left: { one: "Vous avez quitté après # minute", other: "Vous avez quitté après # minutes" },
  stillThere: { one: "{names} est toujours là.", other: "{names} sont toujours là." },
  nobodyThere: "Il n’y a plus personne dans la salle.",
  rejoin: "Rejoindre à nouveau",
  again: "Réessayer",
  full: "Cette salle est complète",
  fullLead: "Vous pourrez rejoindre dès que quelqu’un quittera.",
  locked: "Cette salle est verrouillée",
  lockedLead: "Quelqu’un à l’intérieur doit la déverrouiller.",
  password: "Cette salle demande un mot de passe",
  passwordLead: "Demandez-le à la personne qui vous a envoyé le lien.",
  replaced: "Vous êtes dans cet appel dans un autre onglet",
  replacedLead: "Un seul onglet peut être dans l’appel, celui-ci l’a donc quitté.",
  useThisTab: "Utiliser cet onglet",
  kicked: "Vous avez été exclu de la salle",
  kickedLead: "Un propriétaire de la salle ou un administrateur vous a exclu.",
  closed: "La salle a été fermée",
  closedLead: "Un propriétaire de la salle a mis fin à l’appel pour tous.",
  off: "Ce serveur n’accepte pas d’appels",
  offLead: "Son opérateur l’a fermé pour l’instant.",
  turnedAway: "On ne vous a pas laissé entrer",
  turnedAwayLead: "Un propriétaire de la salle a refusé votre demande.",
  guesses: "Trop de mots de passe incorrects",
  guessesLead: "Patientez jusqu’à une demi-minute, puis réessayez.",
  banned: "Vous ne pouvez pas entrer dans cette salle",
  bannedLead: "Un propriétaire de la salle ou un administrateur vous a bloqué.",
  version: "Cette page est plus ancienne que le serveur",
  versionLead: "Rechargez-la pour obtenir la nouvelle version.",
  reload: "Recharger",
  confused: "Le serveur n’a pas compris cette page",
  confusedLead: "Il a fermé la connexion. Recharger la page résout le problème.",
  lost: "L’appel est terminé",
  lostLead: "La connexion au serveur n’a pas pu être rétablie.",
  toStart: "Aller à la page d’accueil",
  joinRoom: "Rejoindre {room}",
  badRoom: "Ce nom de salle n’est pas valide",
  badRoomLead: "Les noms de salle ont de 1 à 64 lettres, chiffres, - ou _.",
  meant: "Vouliez-vous dire {room} ?",
  meantLead: "Ce n’est pas un lien de salle. Quelque chose a pu y être ajouté lors du partage.",
  notFound: "Il n’y a rien à cette adresse",
  notFoundLead: "Le lien est peut-être incomplet ou mal écrit.",
  broken: "Un problème est survenu de notre côté",
  brokenLead: "L’erreur a été enregistrée. Réessayer suffit souvent.",
};

/** The French catalogue. */
export const words: Own = {
  common,
  home,
  before,
  trouble,
  room,
  entering,
  wayOut,
  invite,
  link,
  links,
  chat,
  files,
  talk,
  pill,
  stuck,
  end,
  shortcuts,
  toasts,
  stage,
  owners,
  linkKeys,
  door,
  admin,
  doctor,
};
