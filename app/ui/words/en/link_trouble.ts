/** The English words about links to sealed rooms that lead nowhere. */

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
