/** What sounds load late. */

/** If the person has turned a sound on. */
export const loadSounds = () => import("./extra.ts");
