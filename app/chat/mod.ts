/** What a call knows of its chat. */
export { type ChatEntry, ChatStore, type FileEntry, type Person } from "./chat_store.ts";
