/** The English words for who can be trusted: shields, safety words, alarms. */

/** Trust in the people of a room. */
export const trust = {
  marks: {
    open: "Not verified",
    checking: "Being verified",
    unverified: "Not verified",
    verified: "Verified",
    compared: "Words compared",
    differs: "Not safe",
    alarm: "Not safe",
  },
  openTitle: "This call is not verified",
  openLine:
    "The people who run this server could listen in; rooms made with “Start a room” protect you from that.",
  sealedTitle: "Only people with the link can listen",
  sealedLine: "To be sure that nobody is in between, compare the safety words with each person.",
  words: "Safety words",
  wordsWith: "Safety words with {name}",
  read: "Read them to each other. If they are the same, nobody is in between.",
  soon: "The words appear here in a few seconds.",
  gone: "There are no words, because {name} is not verified.",
  comparedBefore: "You have compared them.",
  same: "We compared them",
  differ: "They differ",
  differTitle: "Someone may be between you and {name}",
  differLine: "Say nothing private here. Start a new room, and send its link in another way.",
  back: "Back",
  leave: "Leave and start a new room",
  reload: "Reload the page",
  apart: "To be safe, you and {name} do not see or hear each other.",
  why: {
    "no-hello": "{name} cannot be verified",
    "wrong-secret": "{name} came with another link",
    "unconfirmed": "{name}’s page does not answer the check",
    "altered": "Someone changed what {name} sent",
    "replayed": "Someone sent old messages from {name} again",
    "withheld": "Someone holds back messages from {name}",
    "unsealed": "Someone without the link pretends to be {name}",
    "fingerprint": "Someone else answered in place of {name}",
  },
  views: "You and {name} do not see the same people",
  viewsLine: "The server may be hiding someone. Ask {name} who is there.",
  showPeople: "Show people",
  otherBrowser: "{name} uses another browser than last time",
  otherBrowserLine: "If that surprises you, compare the safety words.",
  removed: "{by} removed {names}",
  youRemoved: "You removed {names}",
  changed: "{by} changed the link",
  youChanged: "You changed the link",
  linkChanged: "The link of this room has changed.",
  copyNewLink: "Copy the new link",
  allVerified: "Verified with everyone here",
  allVerifiedLine: "Nobody in between can listen in, not even the server.",
  notVerified: "Not verified: {names}",
  // In the order of app/trust/safety_words.ts; no two sound alike.
  signs: [
    ...["monkey", "cat", "lion", "horse", "cow", "pig", "rabbit", "panda"],
    ...["elephant", "frog", "turtle", "snake", "fish", "octopus", "crab", "penguin"],
    ...["owl", "bee", "butterfly", "dolphin", "cactus", "sunflower", "palm tree", "mushroom"],
    ...["apple", "banana", "grapes", "cherries", "pineapple", "melon", "carrot", "corn"],
    ...["pizza", "egg", "doughnut", "ice cream", "globe", "moon", "star", "rainbow"],
    ...["fire", "snowman", "lightning", "anchor", "rocket", "train", "bicycle", "tractor"],
    ...["boat", "balloon", "gift", "football", "guitar", "trumpet", "drum", "camera"],
    ...["hammer", "headphones", "lamp", "book", "umbrella", "clock", "crown", "glasses"],
  ],
};

/** The program of this site. */
export const program = {
  line: "Program {hash}",
  copy: "Copy the hash of the program",
  changed: "The program of this site has changed",
  changedLine: "It is not that of your last visit. Usually a new version was installed.",
  what: "What does this mean?",
  about: [
    "This page is a program that comes from the site. A site that wanted to listen in could send you another program.",
    "Each release of Parley names its program by a hash. If the one below is not among them, ask the people who run this site.",
  ],
  before: "Last visit",
  now: "Now",
};

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble = {
  sealed: "This link is incomplete",
  sealedLead: "The part after # is missing. Ask the person who invited you for the whole link.",
  unsealed: "Another room has this name now",
  unsealedLead: "It was opened without your link, so nobody in it is verified.",
  newRoom: "Start a new room",
  linkChanged: "The link to this room has changed",
  linkChangedLead: "Ask someone in the room for the new link.",
  cutLead:
    "Some of the part after # is missing. Ask the person who invited you for the whole link.",
  insecure: "This link requires a secure page",
  insecureLead:
    "Links with a part after # work over https only. Open it with https:// instead of http://.",
};
