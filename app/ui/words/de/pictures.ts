/** The German words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"de", typeof english.pictures> = {
  title: "Video, das Sie empfangen",
  titleFrom: "Video von {name}",
  choices: { auto: "Automatisch", large: "Groß", small: "Klein", sound: "Nur Ton" },
  notes: {
    auto: "So groß, wie es gezeigt wird",
    large: "Immer in voller Größe; braucht mehr Daten",
    small: "Kameras bleiben klein, geteilte Bildschirme lesbar",
    sound: "Kameras und geteilte Bildschirme werden Ihnen nicht gesendet",
  },
  soundFrom: "Weder Kamera noch geteilter Bildschirm wird Ihnen gesendet",
  stubborn: "Die Seite von {name} sendet immer alles. Sie können es nur ausblenden.",
  soundOnly: "Nur Ton",
  soundOnlyLine: "Sie haben „Nur Ton“ gewählt, daher wird Ihnen dieser Bildschirm nicht gesendet.",
  hidden: "Ausgeblendet",
  show: "Video von {name} zeigen",
  showShort: "Video zeigen",
};
