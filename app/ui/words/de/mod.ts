/** German. */
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

type Own = Spoken<"de", English>;

const common: Own["common"] = {
  tag: "de",
  locale: "de",
  product: "Parley",
  someone: "Jemand",
  language: "Sprache",
  theme: "Design",
  themeSystem: "System",
  themeLight: "Hell",
  themeDark: "Dunkel",
  close: "Schließen",
  tryAgain: "Erneut versuchen",
  unloaded: "Die Seite wird noch geladen. Wenn nichts passiert, laden Sie sie neu.",
  copied: "Kopiert",
  copyLink: "Link kopieren",
  home: "Startseite von Parley",
  selfName: "{name} (Sie)",
  guest: "Gast",
  doctor: "Anrufe prüfen",
};

const home: Own["home"] = {
  headline: ["Ein Link.", "Sie sehen und hören einander."],
  lead: "Ein Videoraum für zwei bis sechzehn Personen. Nichts zu installieren, kein Konto.",
  newRoom: "Ihr neuer Raum",
  anotherName: "Anderer Name",
  start: "Raum starten",
  joinLabel: "Link oder Raumname",
  joinHint: "Sie haben einen Link oder Raumnamen? Hier eingeben",
  join: "Beitreten",
  joinBad:
    "Das ist weder ein Link noch ein Raumname. Raumnamen bestehen aus Buchstaben, Ziffern, - und _.",
  joinNoRoom: "Das ist kein Link zu einem Raum. Raum-Links enthalten /r/ und den Raumnamen.",
  joinElsewhere: "Dieser Link führt zu einem anderen Server, {host}.",
  openThere: "Dort öffnen",
  joinWhich: "Dieser Text enthält mehr als einen Raum. Welchen meinen Sie?",
  joinRoomAt: "{room} auf {host} öffnen",
  visited: "Letzte Räume in diesem Browser",
  forgetRoom: "{room} vergessen",
  facts: ["Zwischen Browsern verschlüsselt", "2–16 Personen", "Auch als reiner Chat"],
};

const before: Own["before"] = {
  about: "Sie treten gleich bei",
  name: "Ihr Name",
  mirrored: "Nur für Sie gespiegelt",
  preview: "Kameravorschau",
  camera: "Kamera",
  microphone: "Mikrofon",
  speaker: "Lautsprecher",
  unnamedDevice: "{kind} {number}",
  defaultDevice: "Systemstandard",
  cameraOff: "Ihre Kamera ist aus",
  cameraStarting: "Kamera wird gestartet …",
  turnCamera: "Kamera verwenden",
  turnMicrophone: "Mikrofon verwenden",
  blockedShort: "Vom Browser blockiert",
  missingShort: { camera: "Keine Kamera gefunden", microphone: "Kein Mikrofon gefunden" },
  busyShort: {
    camera: "Kamera wird anderswo verwendet",
    microphone: "Mikrofon wird anderswo verwendet",
  },
  insecureShort: "Erfordert eine sichere Seite",
  brokenShort: {
    camera: "Die Kamera konnte nicht starten",
    microphone: "Das Mikrofon konnte nicht starten",
  },
  heard: "Wir hören Sie",
  unheard: "Wir hören noch nichts",
  listening: "Sagen Sie etwas",
  microphoneOff: "Mikrofon ist aus",
  microphoneMissing: "Kein Mikrofon",
  level: "Mikrofonpegel",
  joinBoth: "Mit Kamera und Mikrofon beitreten",
  joinCamera: "Mit Kamera beitreten",
  joinMicrophone: "Mit Mikrofon beitreten",
  joinListen: "Beitreten und zuhören",
  withoutCamera: "Ohne Kamera",
  joinWithoutCamera: "Ohne Kamera beitreten",
  textOnly: "Nur Text",
  joining: "Beitritt läuft …",
  sealed: "Nur Personen mit diesem Link können Sie sehen, hören oder lesen.",
  open: "Nicht verifiziert: Der Server könnte mithören.",
};

const trouble: Own["trouble"] = {
  refusedTitle: {
    camera: "Ihr Browser lässt diese Seite die Kamera nicht verwenden",
    microphone: "Ihr Browser lässt diese Seite das Mikrofon nicht verwenden",
    both: "Ihr Browser lässt diese Seite Kamera und Mikrofon nicht verwenden",
  },
  missingTitle: {
    camera: "Keine Kamera gefunden",
    microphone: "Kein Mikrofon gefunden",
    both: "Weder Kamera noch Mikrofon gefunden",
  },
  busyTitle: {
    camera: "Ein anderes Programm verwendet die Kamera",
    microphone: "Ein anderes Programm verwendet das Mikrofon",
    both: "Ein anderes Programm verwendet die Kamera oder das Mikrofon",
  },
  brokenTitle: {
    camera: "Die Kamera konnte nicht starten",
    microphone: "Das Mikrofon konnte nicht starten",
    both: "Kamera und Mikrofon konnten nicht starten",
  },
  insecureTitle: "Kamera und Mikrofon erfordern eine sichere Seite",
  refusedChromium:
    "Klicken Sie auf das Einstellungssymbol in der Adressleiste, erlauben Sie den Zugriff und versuchen Sie es erneut.",
  refusedFirefox:
    "Klicken Sie auf das durchgestrichene Symbol in der Adressleiste, heben Sie die Sperre auf und versuchen Sie es erneut.",
  refusedSafari:
    "Wählen Sie im Safari- oder aA-Menü „Einstellungen für diese Website“, erlauben Sie den Zugriff und versuchen Sie es erneut.",
  refusedOther:
    "Erlauben Sie dieser Seite den Zugriff in den Browsereinstellungen und versuchen Sie es erneut.",
  missing: "Schließen Sie ein Gerät an; es wird automatisch erkannt.",
  busy: "Schließen Sie das andere Programm oder den anderen Tab und versuchen Sie es erneut.",
  insecure: "Öffnen Sie diese Seite mit https:// oder auf localhost.",
  broken: "Ziehen Sie das Gerät ab und stecken Sie es wieder an, oder wählen Sie ein anderes.",
  goOn: "Sie können auch ohne beitreten und es später einschalten.",
};

const room: Own["room"] = {
  people: { one: "# Person", other: "# Personen" },
  stage: "Personen im Anruf",
  controls: "Anrufsteuerung",
  mute: "Stumm",
  unmute: "Ton an",
  stopVideo: "Video aus",
  startVideo: "Video an",
  share: "Teilen",
  stopSharing: "Beenden",
  hand: "Hand",
  chat: "Chat",
  peoplePanel: "Personen",
  leave: "Verlassen",
  more: "Mehr",
  record: "Aufnehmen",
  captions: "Untertitel",
  microphoneSettings: "Mikrofon und Lautsprecher",
  cameraSettings: "Kameraeinstellungen",
  noDevices: "Keine Geräte gefunden",
  handRaised: "Hand gehoben",
  isMuted: "stumm",
  cameraIsOff: "Kamera aus",
  screenOf: "Bildschirm von {name}",
  yourScreen: "Ihr Bildschirm",
  tapToHear: "Tippen, um die anderen zu hören",
  tapToHearWhy: "Ihr Browser blockiert den Ton, bis Sie auf die Seite tippen.",
  inviteTitle: "Sie sind als Erstes hier",
  inviteAgain: "Außer Ihnen ist niemand hier",
  inviteLead: "Mit diesem Link kann jede Person beitreten.",
  inviteLink: "Link zu diesem Raum",
  copyTheLink: "Link kopieren",
  unread: { one: "# neue Nachricht", other: "# neue Nachrichten" },
  callTime: "Anrufdauer",
  online: "im Raum",
  you: "Sie",
};

const link: Own["link"] = {
  connecting: "Verbindung wird aufgebaut …",
  reconnecting: "Neuer Verbindungsversuch … {seconds} s",
  kept: "Sie sehen das letzte Bild. {name} ist noch im Raum.",
  away: "{name} hat den Server verloren und verbindet sich neu.",
  failed: "Keine Verbindung zwischen Ihnen und {name}",
  causes: {
    "no-answer": "Der andere Browser hat nicht geantwortet. Der Chat funktioniert weiter.",
    "no-relay":
      "Eines Ihrer Netzwerke blockiert direkte Anrufe, und es gibt kein Relay. Der Chat funktioniert weiter.",
    "relay-unreachable":
      "Das Netzwerk von {name} blockiert direkte Anrufe und jeden Weg zum Relay. Der Chat funktioniert weiter.",
    "no-path": "Zwischen Ihren Netzwerken wurde kein Weg gefunden. Der Chat funktioniert weiter.",
    "broken": "Die Verbindung ist abgebrochen. Der Chat funktioniert weiter.",
  },
  relayUnreachableHere:
    "Ihr Netzwerk blockiert direkte Anrufe und jeden Weg zum Relay. Der Chat funktioniert weiter.",
  reconnectingNow: "Verbindet neu …",
  failedShort: "Keine Verbindung",
};

const pill: Own["pill"] = {
  reconnecting: "Verbindet neu … der Anruf läuft weiter",
  waiting: "Nachrichten, die Sie jetzt schreiben, werden danach gesendet.",
  shareFailed: "Der Bildschirm konnte nicht geteilt werden.",
  roomsRate: "Zu viele neue Räume aus Ihrem Netzwerk. Warten Sie eine Minute.",
};

/** Joining takes too long: a heading and a line for each known cause. */
const stuck: Own["stuck"] = {
  offline: ["Sie sind offline", "Sie treten bei, sobald das Netzwerk wieder da ist."],
  unreachable: [
    "Der Server antwortet nicht",
    "Vielleicht ist Ihr Netzwerk gestört oder der Server vorübergehend nicht erreichbar.",
  ],
  forbidden: [
    "Der Server lehnt Anrufe von dieser Adresse ab (403)",
    "Der Betreiber kann sie mit --allow-origin erlauben oder den Proxy den Host-Header weitergeben lassen.",
  ],
  missing: [
    "Unter dieser Adresse gibt es keinen Anrufserver (404)",
    "Der Betreiber muss den Proxy so einstellen, dass er /ws an Parley weiterleitet.",
  ],
  crowded: [
    "Zu viele Verbindungen aus Ihrem Netzwerk (429)",
    "Schließen Sie andere Tabs mit Anrufen, oder warten Sie, bis jemand in Ihrem Netzwerk auflegt.",
  ],
  busy: ["Der Server ist gerade überlastet (503)", "Er lässt Sie herein, sobald er kann."],
  away: [
    "Der Server ist vorübergehend nicht erreichbar",
    "Der vorgeschaltete Proxy antwortet; vermutlich startet der Server neu.",
  ],
  blocked: [
    "Die Verbindung für den Anruf wird blockiert",
    "Seiten werden geladen, also blockiert etwas zwischen Ihnen und dem Server WebSocket: ein Proxy, eine Firewall oder ein Virenschutz. Ein anderes Netzwerk kann helfen.",
  ],
  strange: [
    "Etwas anderes antwortet anstelle des Servers",
    "Das kommt in Netzwerken mit Anmeldung vor. Laden Sie die Seite neu, um zu sehen, was verlangt wird.",
  ],
  now: "Jetzt erneut versuchen",
  goesOn: "Diese Seite versucht es weiter.",
};

const end: Own["end"] = {
  leftSoon: "Sie haben den Raum verlassen",
  left: { one: "Sie waren # Minute im Raum", other: "Sie waren # Minuten im Raum" },
  stillThere: { one: "{names} ist noch da.", other: "{names} sind noch da." },
  nobodyThere: "Jetzt ist niemand mehr im Raum.",
  rejoin: "Wieder beitreten",
  again: "Erneut versuchen",
  full: "Dieser Raum ist voll",
  fullLead: "Sie können beitreten, sobald jemand den Raum verlässt.",
  locked: "Dieser Raum ist gesperrt",
  lockedLead: "Jemand im Raum muss ihn entsperren.",
  password: "Dieser Raum hat ein Passwort",
  passwordLead: "Fragen Sie die Person, die Ihnen den Link geschickt hat.",
  replaced: "Sie sind in einem anderen Tab in diesem Anruf",
  replacedLead: "Nur ein Tab kann im Anruf sein, daher hat dieser ihn verlassen.",
  useThisTab: "Diesen Tab verwenden",
  kicked: "Sie wurden aus dem Raum entfernt",
  kickedLead: "Ein Eigentümer des Raums oder die Administration hat Sie entfernt.",
  closed: "Der Raum wurde geschlossen",
  closedLead: "Ein Eigentümer des Raums hat den Anruf für alle beendet.",
  off: "Dieser Server nimmt keine Anrufe an",
  offLead: "Der Betreiber hat ihn vorerst geschlossen.",
  turnedAway: "Sie wurden nicht eingelassen",
  turnedAwayLead: "Ein Eigentümer des Raums hat Ihre Anfrage abgelehnt.",
  guesses: "Zu viele falsche Passwörter",
  guessesLead: "Warten Sie bis zu einer halben Minute und versuchen Sie es dann erneut.",
  banned: "Sie können diesen Raum nicht betreten",
  bannedLead: "Ein Eigentümer des Raums oder die Administration hat Sie gesperrt.",
  version: "Diese Seite ist älter als der Server",
  versionLead: "Laden Sie sie neu, um die neue Version zu erhalten.",
  reload: "Neu laden",
  confused: "Der Server hat diese Seite nicht verstanden",
  confusedLead: "Er hat die Verbindung getrennt. Ein Neuladen der Seite behebt das.",
  lost: "Der Anruf ist beendet",
  lostLead: "Die Verbindung zum Server konnte nicht wiederhergestellt werden.",
  toStart: "Zur Startseite",
  joinRoom: "{room} beitreten",
  badRoom: "Das ist kein gültiger Raumname",
  badRoomLead: "Raumnamen haben 1 bis 64 Buchstaben, Ziffern, - oder _.",
  meant: "Meinten Sie {room}?",
  meantLead: "Das ist kein Raum-Link. Vielleicht wurde beim Teilen etwas angehängt.",
  notFound: "Unter dieser Adresse gibt es nichts",
  notFoundLead: "Der Link ist vielleicht unvollständig oder falsch geschrieben.",
  broken: "Bei uns ist etwas schiefgegangen",
  brokenLead: "Der Fehler wurde protokolliert. Oft hilft ein neuer Versuch.",
};

/** The German catalogue. */
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
