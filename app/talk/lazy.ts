/** What a call loads of talking after the first pictures. */

/** Screen sharing, reactions and hints. */
export const loadTalkStore = () => import("./talk_store.ts");

/** With the first shared screen: why one ends. */
export const loadScreenNews = () => import("./ScreenNews.tsx");

/** With the first own shared screen. */
export const loadOwnShare = () => import("./OwnShare.tsx");
