import { assert, assertEquals } from "../assert.ts";

const root = new URL("../../", import.meta.url);

/** README.md and every page of docs/, by path. */
async function readPages(): Promise<Map<string, string>> {
  const paths = ["README.md"];
  for await (const { name } of Deno.readDir(new URL("docs/", root))) {
    if (name.endsWith(".md")) paths.push(`docs/${name}`);
  }
  return new Map(
    await Promise.all(
      paths.toSorted().map(async (path) =>
        [path, await Deno.readTextFile(new URL(path, root))] as const
      ),
    ),
  );
}

/** The lines outside code blocks, each with its number. */
function linesOf(page: string): { line: string; at: number }[] {
  let isCode = false;
  const lines: { line: string; at: number }[] = [];
  for (const [index, line] of page.split("\n").entries()) {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    else if (!isCode) lines.push({ line, at: index + 1 });
  }
  return lines;
}

const pages = await readPages();

Deno.test("no line of prose in README.md and docs/ is longer than 100 columns", () => {
  assert(pages.size > 10);
  const long: string[] = [];
  for (const [path, page] of pages) {
    for (const { line, at } of linesOf(page)) {
      if (/^[|#]/.test(line)) continue;
      // The target of a link cannot be broken, so it does not count.
      const width = line.replaceAll(/\]\([^)]*\)/g, "]").length;
      if (width > 100) long.push(`${path}:${at}: ${width} columns`);
    }
  }
  assertEquals(long, []);
});

Deno.test("a cell of a table in README.md and docs/ holds a phrase, 100 characters at most", () => {
  const long: string[] = [];
  for (const [path, page] of pages) {
    for (const { line, at } of linesOf(page)) {
      if (!line.startsWith("|")) continue;
      const cells = line.split("|").map((cell) => cell.trim());
      if (cells.some((cell) => cell.replaceAll(/\]\([^)]*\)/g, "]").length > 100)) {
        long.push(`${path}:${at}`);
      }
    }
  }
  assertEquals(long, []);
});

Deno.test("the index docs/README.md links to every other page of docs/", () => {
  const index = pages.get("docs/README.md") ?? "";
  const linked = [...index.matchAll(/\]\((\w+\.md)\)/g)].map(([, name = ""]) => name);
  const names = [...pages.keys()].filter((path) => /^docs\/(?!README)/.test(path));
  assertEquals(
    [...new Set(linked)].toSorted(),
    names.map((path) => path.slice("docs/".length)).toSorted(),
  );
});

Deno.test("every link between README.md and the pages of docs/ leads to a file and a heading", async () => {
  const broken: string[] = [];
  for (const [path, page] of pages) {
    const prose = linesOf(page).map(({ line }) => line).join("\n");
    for (const [, target = "", anchor] of prose.matchAll(/\]\((?!http)([^)#]*)(?:#([^)]*))?\)/g)) {
      const file = target === "" ? new URL(path, root) : new URL(target, new URL(path, root));
      const text = await Deno.readTextFile(file).catch(() => undefined);
      if (text === undefined) broken.push(`${path}: ${target}`);
      else if (anchor !== undefined && !headingsOf(text).has(anchor)) {
        broken.push(`${path}: ${target}#${anchor}`);
      }
    }
  }
  assertEquals(broken, []);
});

/** The anchors of a page's headings, as GitHub makes them. */
function headingsOf(page: string): Set<string> {
  return new Set(
    linesOf(page).flatMap(({ line }) => {
      const title = /^#+ (.*)$/.exec(line)?.[1];
      if (title === undefined) return [];
      return [title.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")];
    }),
  );
}
