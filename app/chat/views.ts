/** What other features draw of the chat. */
export { ChatPanel } from "./ChatPanel.tsx";
export { isAllowed, playTone } from "./chat_notices.ts";
export { loadChatExtra } from "./marks/lazy.ts";
export { happening } from "./chat_words.ts";
