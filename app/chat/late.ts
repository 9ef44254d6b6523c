/** The menus of the chat and of its lines, as one module to load; see lazy.ts. */
export { ChatMenu } from "./ChatMenu.tsx";
export { LineMenu } from "./LineMenu.tsx";
