import { assert, assertEquals } from "../../assert.ts";
import { keyLabel, type KeyPress, shortcutOf, shortcuts } from "../../../app/ui/shortcuts.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: "",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    repeat: false,
    defaultPrevented: false,
    ...more,
  };
}

Deno.test("every shortcut has a different key, one character long", () => {
  const keys = Object.values(shortcuts);
  assertEquals(new Set(keys).size, keys.length);
  for (const key of keys) assertEquals([...key].length, 1);
});

Deno.test("a key acts by its character, with or without Caps Lock", () => {
  assertEquals(shortcutOf(press("m")), "microphone");
  assertEquals(shortcutOf(press("M")), "microphone");
  assertEquals(shortcutOf(press("?", { code: "Slash" })), "help");
  assertEquals(keyLabel("microphone"), "M");
});

Deno.test("another order of Latin letters keeps the letters, not the places", () => {
  // AZERTY has M where QWERTY has the semicolon.
  assertEquals(shortcutOf(press("m", { code: "Semicolon" })), "microphone");
  assertEquals(shortcutOf(press(",", { code: "KeyM" })), undefined);
});

Deno.test("letters of other scripts act by the place of their key", () => {
  assertEquals(shortcutOf(press("ь", { code: "KeyM" })), "microphone");
  assertEquals(shortcutOf(press("ψ", { code: "KeyC" })), "chat");
});

Deno.test("modifiers, input methods, held and taken keys are left alone", () => {
  const forms: Partial<KeyPress>[] = [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { isComposing: true },
    { repeat: true },
    { defaultPrevented: true },
  ];
  for (const form of forms) assertEquals(shortcutOf(press("m", form)), undefined);
  for (const key of ["Process", "Dead", "Enter", "Escape", " ", "1", "Meta"]) {
    assertEquals(shortcutOf(press(key, { code: "KeyM" })), undefined, key);
  }
  assert(shortcutOf(press("m")) !== undefined);
});
