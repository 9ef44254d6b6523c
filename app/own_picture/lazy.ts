/** What turns and blurs the own picture, loaded if the person wants that. */

/** With the first such picture, or with the choice of one. */
export const loadOwnPicture = () => import("./own_picture.ts");
