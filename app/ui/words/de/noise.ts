/** The German words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"de", typeof english.noise> = {
  more: "Mehr Störgeräusche entfernen",
  moreWhy: "Auch Tastaturen, Lüfter und Verkehr. Braucht mehr Prozessorleistung.",
  replaced: "Nicht nötig, solange mehr Störgeräusche entfernt werden.",
  compare: "Unterschied anhören",
  records: "Sagen Sie etwas …",
  compares: "So klingen Sie",
  stop: "Beenden",
  without: "Mit Geräusch",
  with: "Ohne Geräusch",
  failed: "Das hat hier nicht funktioniert.",
  givenUp: "Störgeräusche werden jetzt weniger gründlich entfernt",
  strained: "Dieses Gerät ist für mehr zu ausgelastet.",
  impossible: "Dieser Browser kann mit diesem Mikrofon nicht mehr tun.",
  again: "Erneut versuchen",
};
