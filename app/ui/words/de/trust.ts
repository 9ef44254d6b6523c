/** The German words for who can be trusted: shields, safety words, alarms. */
import type * as english from "../en/trust.ts";
import type { Spoken } from "../plurals.ts";

/** Trust in the people of a room. */
export const trust: Spoken<"de", typeof english.trust> = {
  marks: {
    open: "Nicht verifiziert",
    checking: "Wird verifiziert",
    unverified: "Nicht verifiziert",
    verified: "Verifiziert",
    compared: "Wörter verglichen",
    differs: "Nicht sicher",
    alarm: "Nicht sicher",
  },
  openTitle: "Dieser Anruf ist nicht verifiziert",
  openLine:
    "Wer diesen Server betreibt, könnte mithören; mit „Raum starten“ erstellte Räume schützen davor.",
  sealedTitle: "Nur Personen mit dem Link können zuhören",
  sealedLine:
    "Um sicher zu sein, dass niemand dazwischen ist, vergleichen Sie mit jeder Person die Sicherheitswörter.",
  words: "Sicherheitswörter",
  wordsWith: "Sicherheitswörter mit {name}",
  read: "Lesen Sie sie einander vor. Sind sie gleich, ist niemand dazwischen.",
  soon: "Die Wörter erscheinen hier in wenigen Sekunden.",
  gone: "Es gibt keine Wörter, weil {name} nicht verifiziert ist.",
  comparedBefore: "Sie haben sie verglichen.",
  same: "Wir haben verglichen",
  differ: "Sie sind verschieden",
  differTitle: "Jemand ist vielleicht zwischen Ihnen und {name}",
  differLine:
    "Sagen Sie hier nichts Privates. Starten Sie einen neuen Raum und senden Sie dessen Link auf anderem Weg.",
  back: "Zurück",
  leave: "Verlassen und neuen Raum starten",
  reload: "Seite neu laden",
  apart: "Zur Sicherheit sehen und hören Sie und {name} einander nicht.",
  why: {
    "no-hello": "{name} kann nicht verifiziert werden",
    "wrong-secret": "{name} kam mit einem anderen Link",
    "unconfirmed": "Die Seite von {name} beantwortet die Prüfung nicht",
    "altered": "Jemand hat geändert, was {name} gesendet hat",
    "replayed": "Jemand hat alte Nachrichten von {name} erneut gesendet",
    "withheld": "Jemand hält Nachrichten von {name} zurück",
    "unsealed": "Jemand ohne den Link gibt sich als {name} aus",
    "fingerprint": "Jemand anderes hat anstelle von {name} geantwortet",
  },
  views: "Sie und {name} sehen nicht dieselben Personen",
  viewsLine: "Der Server verbirgt vielleicht jemanden. Fragen Sie {name}, wer da ist.",
  showPeople: "Personen zeigen",
  otherBrowser: "{name} verwendet einen anderen Browser als letztes Mal",
  otherBrowserLine: "Wenn Sie das überrascht, vergleichen Sie die Sicherheitswörter.",
  removed: "{by} hat {names} entfernt",
  youRemoved: "Sie haben {names} entfernt",
  changed: "{by} hat den Link geändert",
  youChanged: "Sie haben den Link geändert",
  linkChanged: "Der Link dieses Raums hat sich geändert.",
  copyNewLink: "Neuen Link kopieren",
  allVerified: "Mit allen hier verifiziert",
  allVerifiedLine: "Niemand dazwischen kann mithören, nicht einmal der Server.",
  notVerified: "Nicht verifiziert: {names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["Affe", "Katze", "Löwe", "Pferd", "Kuh", "Schwein", "Hase", "Panda"],
    ...["Elefant", "Frosch", "Schildkröte", "Schlange", "Fisch", "Krake", "Krabbe", "Pinguin"],
    ...["Eule", "Biene", "Schmetterling", "Delfin", "Kaktus", "Sonnenblume", "Palme", "Pilz"],
    ...["Apfel", "Banane", "Trauben", "Kirschen", "Ananas", "Melone", "Karotte", "Mais"],
    ...["Pizza", "Ei", "Donut", "Eis", "Globus", "Mond", "Stern", "Regenbogen"],
    ...["Feuer", "Schneemann", "Blitz", "Anker", "Rakete", "Zug", "Fahrrad", "Traktor"],
    ...["Boot", "Ballon", "Geschenk", "Fußball", "Gitarre", "Trompete", "Trommel", "Kamera"],
    ...["Hammer", "Kopfhörer", "Lampe", "Buch", "Regenschirm", "Wecker", "Krone", "Brille"],
  ],
};

/** The program of this site. */
export const program: Spoken<"de", typeof english.program> = {
  line: "Programm {hash}",
  copy: "Hash des Programms kopieren",
  changed: "Das Programm dieser Website hat sich geändert",
  changedLine:
    "Es ist nicht das von Ihrem letzten Besuch. Meist wurde eine neue Version installiert.",
  what: "Was bedeutet das?",
  about: [
    "Diese Seite ist ein Programm, das von der Website kommt. Eine Website, die mithören wollte, könnte Ihnen ein anderes Programm senden.",
    "Jede Version von Parley benennt ihr Programm mit einem Hash. Ist der unten stehende nicht darunter, fragen Sie, wer diese Website betreibt.",
  ],
  before: "Letzter Besuch",
  now: "Jetzt",
};
