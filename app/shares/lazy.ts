/** What shared files load late: with the first message about one, or to go on with one. */
export const loadShares = () => import("./extra.ts");
