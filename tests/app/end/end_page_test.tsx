import { assert, assertEquals } from "../../assert.ts";
import { renderToString } from "preact-render-to-string";
import { EndPage } from "../../../app/end/EndPage.tsx";
import { WordsContext } from "../../../app/ui/words.ts";
import { type CloseReason, closeReason } from "../../../protocol/codes.ts";
import { type Language, languages, wordsOf } from "../../../app/ui/words/catalogue.ts";
import { speakLate } from "../../../app/ui/words/late/late_catalogue.ts";

/** Every reason there is, by the numbers they are closed with. */
const reasons = Array.from({ length: 4_000 }, (_, index) => closeReason(1_000 + index))
  .filter((reason) => reason !== undefined);

function page(reason: CloseReason, language: Language): string {
  return renderToString(
    <WordsContext.Provider value={wordsOf(language)}>
      <EndPage
        reason={reason}
        ending={{ names: ["Ann"], ms: 120_000 }}
        onRejoin={() => {}}
        onReload={() => {}}
      />
    </WordsContext.Provider>,
  );
}

function textOf(html: string, tag: string): string {
  return new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(html)?.[1] ?? "";
}

Deno.test("every way a visit can end has a heading, a line and a way on, in every language", async () => {
  assert(reasons.length > 20, `${reasons.length} reasons`);
  for (const language of languages) {
    await speakLate(language);
    for (const reason of reasons) {
      const html = page(reason, language);
      assert(textOf(html, "h1").length > 3, `${language} ${reason}: heading`);
      assert(textOf(html, "p").length > 3, `${language} ${reason}: line`);
      // One button that does something about it, or the start page; and the start page always.
      const ways = html.match(/<(button|a) /g) ?? [];
      assert(ways.length >= 1, `${language} ${reason}: a way on`);
      assert(html.includes('href="/"'), `${language} ${reason}: the start page`);
    }
  }
});

Deno.test("a person who left sees who is still there and may rejoin", async () => {
  await speakLate("en");
  const html = page("left", "en");
  assertEquals(textOf(html, "h1"), "You left after 2 minutes");
  assertEquals(textOf(html, "p"), "Ann is still there.");
  assertEquals(textOf(html, "button"), "Rejoin");
});
