/** The English words of files that are shared in blocks. */

/** Shared files. */
export const shares = {
  later: "Offer to people who come later",
  noCopy: "There is too little space for a copy here. Reloading this page stops the file.",
};
