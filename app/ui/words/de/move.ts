/** The German words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"de", typeof english.move> = {
  key: "Auf anderem Gerät fortsetzen",
  title: "Auf anderem Gerät fortsetzen",
  scan: "Scannen Sie diesen Code mit der Kamera Ihres Smartphones oder Tablets.",
  qr: "Code zum Fortsetzen auf einem anderen Gerät",
  type:
    "Oder öffnen Sie dort den Raum, wählen Sie „Von anderem Gerät fortsetzen“ und geben Sie diesen Code ein:",
  note:
    "Der Code gilt einmal, zwei Minuten lang und nur, solange dieses Fenster offen ist. Zeigen Sie ihn niemandem: Wer ihn verwendet, tritt als Sie auf.",
  states: {
    making: "Code wird erstellt …",
    taken: "Ihr anderes Gerät hat den Code und tritt bei …",
    late: "Der Code wurde nicht rechtzeitig verwendet.",
    offline: "Der Server ist nicht erreichbar. Sobald er es ist, erscheint ein Code.",
    unanswered: "Der Server hat nicht geantwortet. Vielleicht ist er dafür zu alt.",
    insecure: "Das erfordert eine sichere Verbindung (https).",
  },
  again: "Neuer Code",
  moved: "Sie haben auf einem anderen Gerät fortgesetzt",
  movedLead: "Ihr Anruf läuft dort weiter. Die anderen haben nichts bemerkt.",
  back: "Wieder hier fortsetzen",
  take: {
    title: "Ihren Anruf hier fortsetzen",
    lead: "Sie treten als dieselbe Person bei, und Ihr anderes Gerät verlässt den Anruf.",
    field: "Code auf Ihrem anderen Gerät",
    action: "Hier fortsetzen",
    working: "Anruf wird übernommen …",
    devices: "Ihre Geräte werden vorbereitet …",
    other: "Als jemand anderes beitreten",
    enter: "Von anderem Gerät fortsetzen",
    problems: {
      unreadable: "Der Code ist nicht vollständig. Er hat 16 Buchstaben und Ziffern.",
      "no-code":
        "Dieser Code ist abgelaufen oder wurde schon verwendet. Lassen Sie auf Ihrem anderen Gerät einen neuen anzeigen.",
      "too-soon":
        "Zu viele falsche Codes. Warten Sie einen Moment und versuchen Sie es dann erneut.",
      unanswered:
        "Der Server hat nicht geantwortet. Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.",
      unopened:
        "Was Ihr anderes Gerät gesendet hat, lässt sich nicht öffnen. Lassen Sie dort einen neuen Code anzeigen.",
      insecure: "Das erfordert eine sichere Verbindung (https).",
    },
  },
};
