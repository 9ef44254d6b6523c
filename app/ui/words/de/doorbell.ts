/** The German words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell: Spoken<"de", typeof english.doorbell> = {
  label: "In diesem Browser klingeln",
  note:
    "Eine Mitteilung, wenn jemand anklopft oder den leeren Raum betritt und kein Eigentümer da ist.",
  absent: {
    insecure: "Mitteilungen brauchen eine über https geladene Seite.",
    browser:
      "Dieser Browser kann keine Mitteilungen empfangen. Fügen Sie Parley auf einem iPhone zum Home-Bildschirm hinzu.",
    setting: "Der Betreiber dieses Servers hat Mitteilungen ausgeschaltet.",
    "no-state": "Dieser Server kann nichts speichern, daher kann er keine Mitteilungen senden.",
    unreachable:
      "Der Server gibt zu Mitteilungen keine Antwort. Laden Sie die Seite neu, um es erneut zu versuchen.",
  },
  trouble: {
    denied:
      "Der Browser erlaubt hier keine Mitteilungen. Erlauben Sie sie in seinen Einstellungen für diese Website.",
    failed: "Mitteilungen konnten nicht geändert werden. Versuchen Sie es erneut.",
  },
  notice: {
    knock: "Jemand klopft bei {room} an",
    knockOf: "{name} klopft bei {room} an",
    knockLine: "Kein Eigentümer ist da, um zu antworten.",
    entered: "Jemand hat {room} betreten",
    enteredOf: "{name} hat {room} betreten",
    enteredLine: "Kein Eigentümer ist da.",
    letIn: "Einlassen",
    gone: "Bei {room} wartet niemand mehr, oder der Raum ist voll",
    failed:
      "Der Einlass in {room} ist gescheitert. Öffnen Sie den Raum und versuchen Sie es erneut",
  },
};
