/** What the chat's views load late. */

/** With the open panel, so that menus open at once. */
export const loadMenus = () => import("./late.ts");

/** At the first colon followed by a letter. */
export const loadEmoji = () => import("./emoji.ts");
