/** The Spanish words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"es", typeof english.replay> = {
  title: "Reproduciendo lo que te perdiste de {names}",
  left: { one: "En directo en # segundo", other: "En directo en unos # segundos" },
  skip: "Saltar",
};
