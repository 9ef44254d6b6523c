/** What the chat loads late; the rest is in marks/lazy.ts, so that little comes with the page. */

/** After the first pictures. */
export const loadChatStore = () => import("./chat_store.ts");
