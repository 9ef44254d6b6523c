/** What is loaded of the own picture's treatment once a person wants it. */

/** With the first picture that is turned or blurred. */
export const loadOwnPicture = () => import("./picture_store.ts");

/** The key on the page before joining, once there is a picture. */
export const loadPictureKey = () => import("./PictureKey.tsx");

/** With its first press, or if something is done to the picture. */
export const loadPictureMenu = () => import("./PictureMenu.tsx");

/** What a call shows if the blur has stopped. */
export const loadPictureExtra = () => import("./extra.ts");
