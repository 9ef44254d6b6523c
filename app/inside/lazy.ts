/** What shows who is in a room, for the page before joining and the home page. */

/** The view. */
export const loadPeopleInside = () => import("./PeopleInside.tsx");

/** What asks the server about them. */
export const loadInside = () => import("./inside.ts");
