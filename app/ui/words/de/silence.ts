/** The German words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"de", typeof english.silence> = {
  title: "Die anderen hören nichts von Ihnen",
  unnamed: "Ihr Mikrofon",
  muted:
    "{label} ist durch eine Taste am Gerät oder vom System stummgeschaltet. Heben Sie das dort auf, oder wählen Sie im Mikrofonmenü ein anderes.",
  dead:
    "Von {label} kommt gar nichts. Suchen Sie nach einer Stummtaste oder einem losen Stecker, oder wählen Sie im Mikrofonmenü ein anderes.",
  elsewhere: "{other} hört Sie dagegen.",
  use: "Dieses verwenden",
};
