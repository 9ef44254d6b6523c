/** What is loaded of the own picture's treatment with its first use. */

/** With the first press of its key before joining, or if something is done to the picture. */
export const loadPictureMenu = () => import("./PictureMenu.tsx");

/** What a call shows if the blur has stopped. */
export const loadPictureExtra = () => import("./extra.ts");
