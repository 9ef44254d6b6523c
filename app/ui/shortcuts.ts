/**
 * The list of shortcuts without a modifier. Pure. They match the character, so that M is M on every
 * layout; on non-Latin layouts, the position of the key. WCAG 2.1.4: all can be turned off.
 */

/** The action of a shortcut. */
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

/** The part of a KeyboardEvent that is used. */
export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "repeat" | "defaultPrevented"
>;

/** The action of a key press; undefined if it belongs to the browser or an input method. */
export function shortcutOf(press: KeyPress): ShortcutName | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  if (press.isComposing || press.repeat || press.defaultPrevented) return undefined;
  const character = characterOf(press);
  return Object.keys(shortcuts).filter(isShortcut).find((name) => shortcuts[name] === character);
}

/** How a key is shown, on the page and in `aria-keyshortcuts`. */
export function keyLabel(name: ShortcutName): string {
  return shortcuts[name].toUpperCase();
}

/** Names such as "Process", which input methods report, are no characters. */
function characterOf({ key, code }: KeyPress): string {
  const isForeignLetter = /\p{L}/u.test(key) && !/[a-z]/i.test(key);
  return (isForeignLetter ? /^Key([A-Z])$/.exec(code)?.[1] ?? key : key).toLowerCase();
}

function isShortcut(text: string): text is ShortcutName {
  return Object.hasOwn(shortcuts, text);
}
