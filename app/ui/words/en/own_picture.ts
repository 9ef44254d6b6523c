/** The English words for turning the own picture and blurring what is behind the person. */

/** The own picture. */
export const picture = {
  title: "Your picture",
  turn: "Turn by 90°",
  turned: "Turned by {degrees}°.",
  straight: "Not turned.",
  background: "Your background",
  blur: { off: "Visible", light: "Blurred lightly", strong: "Blurred strongly" },
  blurNote: "Your own device blurs it, before anything is sent. That costs battery.",
  turnBroken: "Your picture can no longer be turned",
  stopped: {
    strained: "This device is too slow to blur your background",
    broken: "Your background can no longer be blurred",
  },
  stoppedLine: "Your camera is off, so nobody sees it.",
  again: "Try again",
  show: "Show my background",
};
