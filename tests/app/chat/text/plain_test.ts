import { assertEquals } from "../../../assert.ts";
import { plain } from "../../../../app/chat/text/plain.ts";

Deno.test("a formatted text is one line without its marks, and keeps what is none", () => {
  assertEquals(
    plain("the **gate** is _left_ of @Bob\n- one\n- `two`\n> no ~~more~~"),
    "the gate is left of @Bob - one - two no more",
  );
  assertEquals(plain("```js\nlet a = 1;\n```"), "let a = 1;");
  assertEquals(plain("2 * 3 * 4 = 24,  >_<  snake_case"), "2 * 3 * 4 = 24, >_< snake_case");
  assertEquals(plain("see https://example.org/a_b_c"), "see https://example.org/a_b_c");
});
