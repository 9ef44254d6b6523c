/** The German words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"de", typeof english.doctor> = {
  title: "Anrufprüfung",
  lead:
    "Prüft, was ein Anruf von diesem Browser und diesem Netzwerk braucht. Niemand sonst sieht oder hört Sie.",
  again: "Erneut prüfen",
  copy: "Bericht kopieren",
  summary: {
    running: "Wird geprüft …",
    good: "Alles in Ordnung. Anrufe sollten von hier aus funktionieren.",
    poor:
      "Anrufe funktionieren von hier aus, aber nicht mit allen oder nicht bestmöglich. Was zu tun ist, steht unten.",
    bad: "Anrufe können von hier aus nicht funktionieren. Was zu tun ist, steht unten.",
  },
  verdict: {
    open: "Nicht geprüft",
    running: "Wird geprüft",
    good: "Gut",
    poor: "Könnte besser sein",
    bad: "Funktioniert nicht",
  },
  page: {
    title: "Sichere Seite",
    good: "Diese Seite ist sicher und kann daher Kamera und Mikrofon verwenden.",
    bad:
      "Browser erlauben Kamera und Mikrofon nur auf sicheren Seiten. Öffnen Sie diese Website mit https://; der Betreiber kann das mit --tls-self-signed oder --acme-domain einschalten.",
  },
  server: {
    title: "Verbindung zum Server",
    running: "Eine Verbindung wird geöffnet …",
    good: "Der Server antwortet; der Verbindungsaufbau dauerte {ms} ms.",
    noSocket:
      "Seiten werden geladen, aber die dauerhafte Verbindung (WebSocket) öffnet sich nicht. Ein Proxy oder eine Firewall blockiert sie: Proxy-Einstellungen stehen in docs/deploy.md, und der Betreiber kann „parley doctor“ ausführen.",
    noServer:
      "Der Server antwortet nicht mehr. Vergewissern Sie sich, dass Sie online sind, und prüfen Sie erneut.",
    busy:
      "Der Server antwortet, lässt aber gerade niemanden ein. Versuchen Sie es in einer Minute erneut.",
  },
  meeting: {
    title: "Anrufe in diesem Browser",
    running: "Zwei Enden in diesem Browser werden verbunden …",
    good: "Zwei Enden in diesem Browser haben sich verbunden.",
    unsupported:
      "Dieser Browser unterstützt keine Anrufe (WebRTC), oder eine Erweiterung oder Richtlinie hat sie abgeschaltet. Verwenden Sie einen aktuellen Chrome, Edge, Firefox oder Safari.",
    noPath:
      "Zwei Enden in diesem Browser konnten sich nicht verbinden. Die übliche Ursache ist eine Erweiterung, ein VPN oder eine Richtlinie, die Adressen verbirgt; schalten Sie das für diese Website aus.",
  },
  stun: {
    title: "Zugang zum Internet",
    running: "Die öffentliche Adresse wird abgefragt …",
    good: "Dieses Netzwerk lässt Anrufe über UDP hinaus.",
    none:
      "Der Server nennt keinen STUN-Server, daher können sich Personen in verschiedenen Netzwerken eventuell nicht verbinden. Für den Betreiber: ohne --no-turn starten, oder einen mit --ice-servers oder --turn-urls nennen.",
    bad:
      "Keine Antwort über UDP. Eine Firewall blockiert es, daher brauchen Anrufe ein Relay über TCP oder TLS; siehe unten.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Relay",
    noneLine:
      "Der Server bietet kein Relay, daher können sich zwei Personen in strengen Netzwerken nicht verbinden. Für den Betreiber: ohne --no-turn starten, oder ein Relay mit --turn-urls und --turn-secret-file nennen.",
    open: "Wartet auf die vorherige Prüfung.",
    running: "Eine Nachricht wird über das Relay gesendet …",
    good: "Eine Nachricht kam in {ms} ms über das Relay zurück.",
    noRelay:
      "Das Relay ist von hier aus über {transport} nicht erreichbar. Wenn ein anderer Weg funktioniert, nutzen Anrufe ihn.",
    untrusted:
      "Es braucht ein Zertifikat, dem Browser vertrauen; ein selbst signiertes genügt nicht, auch wenn Sie es für diese Seite akzeptiert haben.",
    refused:
      "Das Relay lehnt die Zugangsdaten ab. Für den Betreiber: Das Geheimnis in --turn-secret-file muss dem des Relays entsprechen, und beide Uhren müssen richtig gehen.",
    noPath:
      "Das Relay antwortet, leitet aber nichts weiter. Für den Betreiber: Seine Medienports sind geschlossen, oder es lehnt seine eigene Adresse ab; führen Sie „parley doctor“ aus.",
    unsupported: "Dieser Browser kann dieses Relay nicht verwenden.",
  },
  devices: {
    title: "Kamera und Mikrofon",
    line: "Der Browser wird um Erlaubnis fragen. Was sie sehen und hören, bleibt auf dieser Seite.",
    action: "Kamera und Mikrofon testen",
    camera: "Kamera",
    cameraGood: "Sie sollten sich sehen: {width} × {height}.",
    microphone: "Mikrofon",
    microphoneGood: "Sagen Sie etwas: Die Balken sollten sich bewegen.",
    preview: "Ihre Kamera",
  },
};
