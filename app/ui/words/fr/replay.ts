/** The French words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"fr", typeof english.replay> = {
  title: "Lecture de ce que vous avez manqué de {names}",
  left: { one: "En direct dans environ # seconde", other: "En direct dans environ # secondes" },
  skip: "Passer",
};
