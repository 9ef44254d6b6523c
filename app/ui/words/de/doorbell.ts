/** The German words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes. */
export const doorbell: Spoken<"de", typeof english.doorbell> = {
  label: "In diesem Browser klingeln",
  note:
    "Eine Benachrichtigung, wenn jemand anklopft oder den leeren Raum betritt, während kein Eigentümer da ist.",
  absent: {
    insecure: "Für Benachrichtigungen muss die Seite über https geladen sein.",
    browser:
      "Dieser Browser kann keine Benachrichtigungen empfangen. Fügen Sie Parley auf einem iPhone zum Home-Bildschirm hinzu.",
    setting: "Der Betreiber dieses Servers hat Benachrichtigungen ausgeschaltet.",
    "no-state": "Dieser Server kann nichts speichern und daher keine Benachrichtigungen senden.",
    unreachable:
      "Der Server antwortet nicht auf Fragen zu Benachrichtigungen. Laden Sie die Seite neu, um es erneut zu versuchen.",
  },
  trouble: {
    denied:
      "Der Browser erlaubt hier keine Benachrichtigungen. Erlauben Sie sie in seinen Einstellungen für diese Website.",
    failed: "Die Benachrichtigungen konnten nicht geändert werden. Versuchen Sie es erneut.",
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
      "Das Einlassen in {room} ist gescheitert. Öffnen Sie den Raum und versuchen Sie es erneut",
  },
};
