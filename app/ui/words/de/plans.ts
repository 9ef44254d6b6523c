/** The German words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"de", typeof english.plans> = {
  title: "Geplant",
  plan: "Raum planen",
  none: "In diesem Browser ist nichts geplant.",
  own: "Ihre Räume",
  room: "Raum",
  when: "Datum und Uhrzeit",
  length: "Dauer",
  minutes: "{count} min",
  here: "Pläne bleiben in diesem Browser. Die Uhrzeit ist die dieses Geräts.",
  trouble: {
    room: "Ein Raumname hat 1 bis 64 Buchstaben, Ziffern und Bindestriche.",
    when: "Wählen Sie eine Zeit, die noch nicht vorbei ist.",
  },
  cancel: "Abbrechen",
  save: "Planen",
  join: "Beitreten",
  forget: "Plan für {room} vergessen",
  calendar: "In den Kalender",
  calendarOf: "{room} in einen Kalender eintragen",
  download: "Kalenderdatei herunterladen",
  event: "Anruf in {room}",
  withSecret: "Den ganzen Link in den Kalender eintragen",
  secretOut:
    "Sonst enthält der Eintrag nur die Adresse des Raums, die sich in diesem Browser öffnen lässt.",
  secretIn:
    "Das Geheimnis des Raums kommt in den Kalender: Alle, die den Eintrag sehen, und der Anbieter des Kalenders können beitreten und mitlesen.",
};
