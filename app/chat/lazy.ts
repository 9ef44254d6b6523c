/** What the chat loads late. */

/** After the first pictures. */
export const loadChatStore = () => import("./chat_store.ts");

/** With the open panel, so that menus open at once. */
export const loadMenus = () => import("./late.ts");

/** At the first colon followed by a letter. */
export const loadEmoji = () => import("./emoji.ts");
