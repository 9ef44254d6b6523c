/** The menus of the chat and of its lines, in one module; see lazy.ts. */
export { ChatMenu } from "./ChatMenu.tsx";
export { LineMenu } from "./LineMenu.tsx";
