/** What a call loads after the first pictures. */

/** Screen sharing, reactions and hints. */
export const loadTalkStore = () => import("./talk_store.ts");
