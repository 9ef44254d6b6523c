/** The English words for the removal of noise beyond the browser's. */

/** Noise removal. */
export const noise = {
  more: "Remove more noise",
  moreWhy: "Also keyboards, fans and traffic. Needs more of the processor.",
  replaced: "Not needed while more noise is removed.",
  compare: "Hear the difference",
  records: "Say something…",
  compares: "This is how you sound",
  stop: "Stop",
  without: "With noise",
  with: "Without noise",
  failed: "This did not work here.",
  givenUp: "Noise is removed less thoroughly now",
  strained: "This device is too busy for more.",
  impossible: "This browser cannot do more with this microphone.",
  again: "Try again",
};
