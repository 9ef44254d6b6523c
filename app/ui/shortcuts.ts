/**
 * The one list of keys that act without a modifier. Pure.
 * They go by the character, so that M is M on every layout; where a layout's letters are not Latin ones, by the place
 * of the key. WCAG 2.1.4: all of them can be turned off together.
 */

/** What a key does. */
export type ShortcutName =
  | "microphone"
  | "camera"
  | "share"
  | "hand"
  | "chat"
  | "people"
  | "links"
  | "fullscreen"
  | "help";

/** The character of each, as `KeyboardEvent.key` gives it without Shift. */
export const shortcuts: Readonly<Record<ShortcutName, string>> = {
  microphone: "m",
  camera: "v",
  share: "s",
  hand: "h",
  chat: "c",
  people: "p",
  links: "l",
  fullscreen: "f",
  help: "?",
};

/** What of a KeyboardEvent decides. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "repeat" | "defaultPrevented"
>;

/** What a key press asks for; undefined for all that belong to the browser, to an input method or to nobody. */
export function shortcutOf(press: KeyPress): ShortcutName | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.isComposing || press.repeat || press.defaultPrevented) return undefined;
  const character = characterOf(press);
  return Object.keys(shortcuts).filter(isShortcut).find((name) => shortcuts[name] === character);
}

/** How a key is written, on the page and in `aria-keyshortcuts`. */
export function keyLabel(name: ShortcutName): string {
  return shortcuts[name].toUpperCase();
}

/** Names such as "Process", with which an input method keeps a key to itself, are nobody's character. */
function characterOf({ key, code }: KeyPress): string {
  const isForeignLetter = /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  return (isForeignLetter ? /^Key([A-Z])$/.exec(code)?.[1] ?? key : key).toLowerCase();
}

function isShortcut(text: string): text is ShortcutName {
  return Object.hasOwn(shortcuts, text);
}
