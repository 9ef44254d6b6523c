import { assertEquals } from "../../assert.ts";
import { completed, nameBefore, suggestions, withEmoji } from "../../../app/chat/emoji.ts";
import { emoji } from "../../../app/chat/emoji_table.ts";

Deno.test("a name is looked for after a colon, but not in times, addresses and words", () => {
  assertEquals(nameBefore("hi :smi"), "smi");
  assertEquals(nameBefore("(:ta"), "ta");
  for (const text of ["10:30", "a:smi", "https:", "://smi", ": smi", "::smi"]) {
    assertEquals(nameBefore(text), undefined, text);
  }
});

Deno.test("suggestions begin with the letters, then hold them as a word's beginning; six at most", () => {
  const names = (begun: string) => suggestions(emoji, begun).map(({ name }) => name);
  assertEquals(names("thu"), ["thumbsup", "thumbsdown"]);
  assertEquals(names("smi"), ["smile", "smiley", "smirk", "slightly_smiling", "sweat_smile"]);
  assertEquals(names("s"), []);
  assertEquals(names("he").length, 6);
  assertEquals(names("constructor"), []);
});

Deno.test("picking and completing a name put the emoji in its place", () => {
  assertEquals(withEmoji({ before: "hi :ta", after: "!" }, "🎉"), { before: "hi 🎉 ", after: "!" });
  assertEquals(completed(emoji, "hi :tada:"), "hi 🎉");
  assertEquals(completed(emoji, "hi :nothing:"), undefined);
  assertEquals(completed(emoji, "at 10:30:"), undefined);
});

Deno.test("a name stays a name in code and after a backslash, which then goes", () => {
  for (const text of ["`:ta", "say `a :ta", "```\n:ta", "```\nx\n:ta", "\\:ta"]) {
    assertEquals(nameBefore(text), undefined, text);
  }
  for (const text of ["`:tada:", "```\n:tada:"]) {
    assertEquals(completed(emoji, text), undefined, text);
  }
  for (const text of ["`a` :ta", "```\na\n``` :ta", "`\n:ta"]) {
    assertEquals(nameBefore(text), "ta", text);
  }
  assertEquals(completed(emoji, "hi \\:tada:"), "hi :tada:");
  assertEquals(completed(emoji, "`a` :tada:"), "`a` 🎉");
});

Deno.test("every name of the table can be written, and stands for one picture", () => {
  const segments = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (const [name, picture] of emoji) {
    assertEquals(nameBefore(`:${name}`), name);
    assertEquals([...segments.segment(picture)].length, 1, name);
  }
});
