/** What a call knows of its chat. */
export type { ChatEntry, FileEntry, Person } from "./chat_entries.ts";
export { Chat } from "./chat.ts";
