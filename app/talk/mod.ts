/** Screen sharing, reactions and hints. */
export type { TalkStore } from "./talk_store.ts";
