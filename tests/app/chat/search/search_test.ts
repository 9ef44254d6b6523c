import { assertEquals } from "../../../assert.ts";
import { searchLines } from "../../../../app/chat/search/search.ts";
import { line } from "../marks/chat_town.ts";

Deno.test("lines are found by all their words, without case, accents and width", () => {
  const entries = [
    line("ann", "r1", { text: "Meet at the Café" }),
    line("bob", "r2", { text: "cafe at ten" }),
    line("bob", "r3", { text: "", version: "deleted" }),
    line("cem", "r4", { text: "ＦＵＬＬ width" }),
  ];
  const found = (query: string) => searchLines(entries, query).map(({ ref }) => ref);
  assertEquals(found("CAFE at"), ["r1", "r2"]);
  assertEquals(found("bob cafe"), ["r2"], "the author is searched too");
  assertEquals(found("full"), ["r4"]);
  assertEquals([found(""), found("  "), found("tea")], [[], [], []]);
});
