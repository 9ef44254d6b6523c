/** The English words about shared screens that end. */

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd = {
  others: {
    stopped: ["{name} stopped sharing", "The shared screen is closed."],
    frozen: ["{name}’s screen stands still", "The connection to {name} is being restored."],
    unlinked: [
      "{name}’s screen is gone for now",
      "The connection was lost. The screen returns with it.",
    ],
    reserved: ["{name}’s screen is hidden", "Only owners can share their screen now."],
    left: ["{name}’s screen is gone", "{name} is no longer in the room."],
  },
  own: {
    browser: [
      "Your screen is no longer shared",
      "It was stopped in the browser, or what you shared was closed.",
    ],
    owners: ["Your screen is no longer shared", "Only owners can share their screen now."],
  },
};
