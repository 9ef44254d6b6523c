import { assertEquals } from "../assert.ts";
import { findLongCommentLines, longCommentLines } from "./comment_lines.ts";

Deno.test("no comment line is longer than 100 columns", async () => {
  assertEquals(await findLongCommentLines(), []);
});

Deno.test("a long comment line is found in each style, and code and single words are not", () => {
  const words = "word ".repeat(20).trim();
  const text = [
    `/** ${words} */`,
    `  // ${words}`,
    ` * ${words} and some more`,
    `{/* ${words} */}`,
    `const text = "${words}";`,
    `// https://example.org/${"x".repeat(100)}`,
    `// ${words.slice(0, 96)}`,
  ].join("\n");
  assertEquals(longCommentLines(text).map((line) => line.split(":")[0]), ["1", "2", "3", "4"]);
});
