/** The English words for hearing what was missed. */

/** Replays of missed voices. */
export const replay = {
  title: "Playing what you missed from {names}",
  left: { one: "Live again in about # second", other: "Live again in about # seconds" },
  skip: "Skip",
};
