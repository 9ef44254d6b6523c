/** Names of emoji and what is done with them; loaded when somebody first writes a colon and a letter. */
export { completed, nameBefore, suggestions, withEmoji } from "./emoji.ts";
export { emoji } from "./emoji_table.ts";
