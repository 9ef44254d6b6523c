/** Both menus of the chat: one module to load when the first of them opens. */
export { ChatMenu } from "./ChatMenu.tsx";
export { LineMenu } from "./LineMenu.tsx";
