/** The German words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"de", typeof english.replay> = {
  title: "Sie hören, was Sie von {names} verpasst haben",
  left: { one: "Live in etwa # Sekunde", other: "Live in etwa # Sekunden" },
  skip: "Überspringen",
};
