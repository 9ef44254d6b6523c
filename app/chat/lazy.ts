/** What the chat's views load late. */

/** With the open panel, so that no menu waits for its code. */
export const loadMenus = () => import("./late.ts");

/** If somebody first writes a colon and a letter. */
export const loadEmoji = () => import("./emoji.ts");
