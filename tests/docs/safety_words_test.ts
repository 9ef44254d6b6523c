import { lateWordsOf } from "../../app/ui/words/late/trust.ts";
import { assertEquals } from "../assert.ts";
import { loadEveryLateWord } from "../late_words.ts";
import { safetySigns } from "../../app/trust/safety_words.ts";
import { wordsOf } from "../../app/ui/words/mod.ts";

await loadEveryLateWord();

Deno.test("the manual's table of safety words is the one that the pages show", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/safety_words.md", import.meta.url));
  const rows = [...page.matchAll(/^\|\s+(\d+) \|(.*)\|$/gm)]
    .map(([, number, cells = ""]) => [number, ...cells.split("|").map((cell) => cell.trim())]);
  const [english, chinese] = [
    lateWordsOf(wordsOf("en")).trust.signs,
    lateWordsOf(wordsOf("zh-CN")).trust.signs,
  ];
  assertEquals(
    rows,
    safetySigns.map((sign, number) => [`${number}`, sign, english[number], chinese[number]]),
  );
});
