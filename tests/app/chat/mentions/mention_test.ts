import fc from "fast-check";
import { assert, assertEquals, assertFalse } from "../../../assert.ts";
import { assertProperty } from "../../../seeds.ts";
import { isMentioned, mentionParts } from "../../../../app/chat/mentions/mention.ts";
import { begunAt, optionsFor, withOption } from "../../../../app/chat/completion.ts";

const names = ["Ann", "Ann Lee", "Bo", "张三"];
const mentioned = (text: string) => mentionParts(text, names).flatMap(({ name }) => name ?? []);

Deno.test("an @ before a name mentions it, the longest name first", () => {
  assertEquals(mentioned("@Ann Lee and @bo, look (@Ann)!"), ["Ann Lee", "Bo", "Ann"]);
  assertEquals(mentioned("请@张三看一下"), ["张三"]);
  for (const text of ["ann@bo.example", "@Anna", "@ Ann", "Ann", "@", "@Bob"]) {
    assertEquals(mentioned(text), [], text);
  }
  assert(isMentioned("hi @Bo", "Bo"));
  assertFalse(isMentioned("hi @Bo", ""));
});

Deno.test("the parts of a text always add up to the text", async () => {
  const bit = fc.constantFrom("@", "Ann", " ", "Lee", "Bo", "😀", "@Ann", "张三", ".");
  await assertProperty(
    fc.property(fc.array(bit), (bits) => {
      const text = bits.join("");
      assertEquals(mentionParts(text, names).map((part) => part.text).join(""), text);
    }),
    { numRuns: 200 },
  );
});

Deno.test("an @ offers the people whose name goes on so, and a pick puts the name", () => {
  const options = (before: string) => {
    const begun = begunAt(before);
    return begun && optionsFor(begun, names).map(({ label }) => label);
  };
  assertEquals(options("hi @"), ["Ann", "Ann Lee", "Bo", "张三"]);
  assertEquals(options("hi @le"), ["Ann Lee"]);
  assertEquals(options("hi @Ann L"), ["Ann Lee"]);
  assertEquals(options("hi @Bo "), [], "it is finished");
  for (const text of ["a@b", "`@a", "hi"]) assertEquals(options(text), undefined, text);
  assertEquals(options(":tad"), [":tada:"]);
  const option = { label: "Ann Lee", sign: "@", text: "@Ann Lee" };
  assertEquals(withOption({ before: "hi @an", after: "!" }, option), {
    before: "hi @Ann Lee ",
    after: "!",
  });
});
