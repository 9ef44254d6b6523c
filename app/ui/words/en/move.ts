/** The English words of moving the call to another device. */

/** Moving the call. */
export const move = {
  key: "Continue on another device",
  title: "Continue on another device",
  scan: "Scan this code with the camera of your phone or tablet.",
  qr: "Code to continue on another device",
  type: "Or open the room there, choose “Continue from another device”, and type this code:",
  note:
    "The code works once, for two minutes, while this dialog is open. Show it to nobody else: " +
    "anyone who uses it joins as you.",
  states: {
    making: "Making a code…",
    taken: "Your other device has the code and is joining…",
    late: "The code was not used in time.",
    offline: "The server cannot be reached. A code appears as soon as it can.",
    unanswered: "The server has not answered. It may be too old for this.",
    insecure: "This needs a secure connection (https).",
  },
  again: "New code",
  moved: "You continued on another device",
  movedLead: "Your call goes on there. The others noticed nothing.",
  back: "Continue here again",
  take: {
    title: "Continue your call here",
    lead: "You join as the same person, and your other device leaves the call.",
    field: "Code on your other device",
    action: "Continue here",
    working: "Taking the call over…",
    devices: "Getting your devices ready…",
    other: "Join as somebody else",
    enter: "Continue from another device",
    problems: {
      unreadable: "This is not a whole code. It has 16 letters and digits.",
      "no-code": "This code has expired or was used already. Show a new one on your other device.",
      "too-soon": "Too many wrong codes. Wait a moment, then try again.",
      unanswered: "The server has not answered. Check your network, then try again.",
      unopened: "What your other device has sent cannot be opened. Show a new code there.",
      insecure: "This needs a secure connection (https).",
    },
  },
};
