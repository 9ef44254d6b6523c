import fc from "fast-check";
import { assert, assertEquals, assertLessOrEqual } from "../../../assert.ts";
import { type Block, formatted, type Inline } from "../../../../app/chat/text/format.ts";
import { assertProperty } from "../../../seeds.ts";

/** A short way to write nodes: `strong(a em(b))`. */
function outline(text: string): string[] {
  return formatted(text).map(blockOutline);
}

function blockOutline(block: Block): string {
  switch (block.kind) {
    case "text":
      return inlineOutline(block.children);
    case "block":
      return `block${block.language && `:${block.language}`}(${block.text})`;
    case "quote":
      return `quote(${block.blocks.map(blockOutline).join("|")})`;
    case "list": {
      const items = block.items.map(({ children }) => inlineOutline(children));
      return `${block.start === undefined ? "list" : `list:${block.start}`}(${items.join("|")})`;
    }
    default:
      return block satisfies never;
  }
}

function inlineOutline(nodes: readonly Inline[]): string {
  return nodes.map((node) => {
    switch (node.kind) {
      case "text":
        return node.text;
      case "link":
      case "code":
        return `${node.kind}(${node.text})`;
      default:
        return `${node.kind}(${inlineOutline(node.children)})`;
    }
  }).join("");
}

/** All that is shown, with the marks of lists. */
function shown(blocks: readonly Block[]): string {
  return blocks.map((block): string => {
    switch (block.kind) {
      case "text":
        return inlineText(block.children);
      case "block":
        return `${block.language}\n${block.text}`;
      case "quote":
        return shown(block.blocks);
      case "list":
        return block.items.map(({ mark, children }) => `${mark} ${inlineText(children)}`).join(
          "\n",
        );
      default:
        return block satisfies never;
    }
  }).join("\n");
}

function inlineText(nodes: readonly Inline[]): string {
  return nodes.map((node) => "text" in node ? node.text : inlineText(node.children)).join("");
}

const withoutMarks = (text: string) => text.replace(/[*_~`>\s]/g, "");

function depthOf(blocks: readonly Block[]): number {
  return Math.max(
    0,
    ...blocks.map((block): number => {
      switch (block.kind) {
        case "text":
          return inlineDepth(block.children);
        case "quote":
          return 1 + depthOf(block.blocks);
        case "list":
          return 1 + Math.max(...block.items.map(({ children }) => inlineDepth(children)));
        default:
          return 1;
      }
    }),
  );
}

function inlineDepth(nodes: readonly Inline[]): number {
  return Math.max(
    0,
    ...nodes.map((node) => "children" in node ? 1 + inlineDepth(node.children) : 1),
  );
}

Deno.test("two stars make bold, a low line italic, two tildes struck, within one another too", () => {
  assertEquals(outline("a **b** _c_ ~~d~~"), ["a strong(b) em(c) del(d)"]);
  assertEquals(outline("**a _b ~~c~~_**"), ["strong(a em(b del(c)))"]);
  assertEquals(outline("(**a**), “_b_”!"), ["(strong(a)), “em(b)”!"]);
  assertEquals(outline("这是**重要**的"), ["这是strong(重要)的"]);
});

Deno.test("marks in words, between blanks, alone, and across lines are text", () => {
  for (
    const text of [
      "snake_case_name",
      "2**3**4",
      "a * b * c",
      "** not bold **",
      "**open",
      "close**",
      "**a\nb**",
      "****",
      "__init__",
      "***a***",
      "_",
      "~~ ~~",
      "a _ b _ c",
    ]
  ) assertEquals(outline(text), [text]);
  assertEquals(outline("**a _b** c_"), ["strong(a _b) c_"], "marks that cross");
});

Deno.test("code and addresses keep the marks in them", () => {
  assertEquals(outline("try `a _b_ **c**` at https://a.example/_b_ now"), [
    "try code(a _b_ **c**) at link(https://a.example/_b_) now",
  ]);
  assertEquals(outline("**see https://a.example/b**"), ["strong(see link(https://a.example/b))"]);
  assertEquals(outline("see\n```ts\nconst a = `b`;\n\n- https://a.example\n```\nok"), [
    "see",
    "block:ts(const a = `b`;\n\n- https://a.example)",
    "ok",
  ]);
  assertEquals(outline("```one line```"), ["block(one line)"]);
});

Deno.test("neighbouring lines make a list or a quote", () => {
  assertEquals(outline("to do:\n- **a**\n* b\nthen"), ["to do:", "list(strong(a)|b)", "then"]);
  assertEquals(outline("3. a\n4) b"), ["list:3(a|b)"]);
  assertEquals(outline("> a\n> - b\nc"), ["quote(a|list(b))", "c"]);
  assertEquals(outline("> > > > deep"), ["quote(quote(quote(> deep)))"]);
  for (const text of ["-a", "2024. was good", "-", "1.5 m", "a > b", ">a"]) {
    assertEquals(outline(text), [text]);
  }
});

Deno.test("signs without a partner, or with nothing inside, are text", () => {
  for (const text of ["a ` b", "``", "``` open", "`\n`", "``````", "5 o`clock"]) {
    assertEquals(outline(text), [text]);
  }
  assertEquals(outline(""), []);
  assertEquals(outline("a\n\n  b"), ["a\n\n  b"], "line breaks and blanks stay");
});

const pieces = fc.constantFrom(
  ...["**", "_", "~~", "`", "```", "\n", "> ", "- ", "1. ", " ", "a", "好", "_b_", "**c**", "*"],
  ...["https://a.example/_x_", "@", "😀", "```js\n", "\t", "***", "\u200d", "http://", "(", ")"],
);
const line = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map((all) => all.join("")),
  fc.string({ unit: "grapheme", maxLength: 80 }),
);

Deno.test("no sign of a text is ever lost but the marks, whatever it holds", async () => {
  await assertProperty(
    fc.property(line, (text) => {
      assertEquals(withoutMarks(shown(formatted(text))), withoutMarks(text));
    }),
    { numRuns: 500 },
  );
});

Deno.test("a text without a mark is one node, as it was written", async () => {
  const plain = fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 })
    .filter((text) => !/[*_~`>•-]|\d[.)]|https?:/.test(text));
  await assertProperty(
    fc.property(plain, (text) => {
      assertEquals(formatted(text), [{ kind: "text", children: [{ kind: "text", text }] }]);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the depth of the nodes is bounded", async () => {
  const most = 3 + 1 + 3 + 1;
  await assertProperty(
    fc.property(line, (text) => assertLessOrEqual(depthOf(formatted(text)), most)),
    { numRuns: 300 },
  );
  const deep = "> ".repeat(5_000) + "**_~~".repeat(5_000) + "x" + "~~_**".repeat(5_000);
  assertLessOrEqual(depthOf(formatted(deep)), most);
});

Deno.test("hostile texts of 50,000 signs are parsed: what were not linear would not end", () => {
  const size = 50_000;
  const bits = [
    ...[
      "**",
      "**a",
      "a**",
      "_a ",
      " _",
      "~~a~~",
      "`",
      "`a",
      "```",
      "``` ",
      "```a",
      "> ",
      ">",
      "- ",
    ],
    ...["1. ", "\n- ", "\n> ", "\n", "**a _b ~~c ", "(", "https://", "https://a@", "http://a,"],
    ...["https://a.example,", "https://[", "'https://a.example'", "@", "*_~", "a_", "\n```\n"],
  ];
  for (const bit of bits) {
    const text = bit.repeat(size / bit.length);
    assertEquals(withoutMarks(shown(formatted(text))), withoutMarks(text), bit);
    assert(formatted(`${text}x`).length > 0);
  }
});
