/** The menus of the chat and of its lines; loaded when the chat is opened. */
import "../ui/shared.ts";
export { ChatMenu } from "./ChatMenu.tsx";
export { LineMenu } from "./LineMenu.tsx";
