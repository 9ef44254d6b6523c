/** The German words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"de", typeof english.screenEnd> = {
  others: {
    stopped: ["{name} teilt nicht mehr", "Der geteilte Bildschirm ist geschlossen."],
    frozen: [
      "Der Bildschirm von {name} steht still",
      "Die Verbindung zu {name} wird wiederhergestellt.",
    ],
    unlinked: [
      "Der Bildschirm von {name} ist vorerst weg",
      "Die Verbindung ist abgebrochen. Der Bildschirm kommt mit ihr zurück.",
    ],
    reserved: [
      "Der Bildschirm von {name} ist ausgeblendet",
      "Jetzt können nur Eigentümer ihren Bildschirm teilen.",
    ],
    left: ["Der Bildschirm von {name} ist weg", "{name} ist nicht mehr im Raum."],
  },
  own: {
    browser: [
      "Ihr Bildschirm wird nicht mehr geteilt",
      "Das Teilen wurde im Browser beendet, oder das Geteilte wurde geschlossen.",
    ],
    owners: [
      "Ihr Bildschirm wird nicht mehr geteilt",
      "Jetzt können nur Eigentümer ihren Bildschirm teilen.",
    ],
  },
};
