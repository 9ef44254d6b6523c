/** The English words of doorbells. */

/** Notices to owners about who comes; `{room}` and `{name}` are filled by static/worker.js. */
export const doorbell = {
  label: "Ring this browser",
  note: "A notice when someone knocks or enters the empty room while no owner is there.",
  absent: {
    insecure: "Notices need a page loaded over https.",
    browser: "This browser cannot receive notices. On an iPhone, add Parley to the home screen.",
    setting: "The operator of this server has turned notices off.",
    "no-state": "This server cannot keep anything, so it cannot send notices.",
    unreachable: "The server does not answer about notices. Reload the page to try again.",
  },
  trouble: {
    denied: "The browser does not allow notices here. Allow them in its settings for this site.",
    failed: "Notices could not be changed. Try again.",
  },
  notice: {
    knock: "Someone is knocking at {room}",
    knockOf: "{name} is knocking at {room}",
    knockLine: "No owner is there to answer.",
    entered: "Someone has entered {room}",
    enteredOf: "{name} has entered {room}",
    enteredLine: "No owner is there.",
    letIn: "Let in",
    gone: "They are no longer waiting at {room}, or the room is full",
    failed: "They could not be let in to {room}. Open the room and try again",
  },
};
