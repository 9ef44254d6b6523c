// What a screen reader finds on the pills of recordings.

import { renderToString } from "preact-render-to-string";
import { RecordingPill } from "../../../app/recording/RecordingPill.tsx";
import { WordsContext } from "../../../app/ui/words.ts";
import { wordsOf } from "../../../app/ui/words/catalogue.ts";
import { loadLateWords } from "../../../app/ui/words/late/late_catalogue.ts";
import { assert, assertFalse } from "../../assert.ts";

Deno.test("the text of a question about a recording is read where its keys are", async () => {
  await loadLateWords((load) => load());
  const html = renderToString(
    <WordsContext.Provider value={wordsOf("en")}>
      <RecordingPill title="Ann wants to record this call" line="Your own sound would go to Ann." />
    </WordsContext.Provider>,
  );
  assert(html.includes("Ann wants to record this call"), html);
  assertFalse(html.includes("aria-hidden"), html);
});
