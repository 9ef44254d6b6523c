/**
 * Parses the text of a chat line: blocks of code, lists, quotes, and in their text code, addresses,
 * bold, italic and struck words. Pure; returns nodes, never markup. Invariants:
 * 1 Nothing but the marks of what was recognised is left out; a mark without its partner is text.
 * 2 The time grows with the length of the text only, and the depth of the nodes is bounded.
 */
import { linkify, type TextPart } from "./linkify.ts";

/** Bold, italic or struck text. */
export type Emphasis = "strong" | "em" | "del";

/** What stands within a line. */
export type Inline =
  | TextPart
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: Emphasis; readonly children: readonly Inline[] };

/** One entry of a list, with its mark as it was written. */
export interface ListItem {
  readonly mark: string;
  readonly children: readonly Inline[];
}

/** What stands alone. `language`: the word after the fence of a block of code, or "". */
export type Block =
  | { readonly kind: "text"; readonly children: readonly Inline[] }
  | { readonly kind: "block"; readonly text: string; readonly language: string }
  | {
    readonly kind: "list";
    /** The number of the first entry; undefined: the list has none. */
    readonly start: number | undefined;
    readonly items: readonly ListItem[];
  }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] };

/** Quotes within quotes; beyond it the sign is text. */
const quotesMost = 3;
const fence = "```";
/** With a blank, so that >_< is a face. */
const quoted = /^>(?: |$)/;
const bullet = /^ {0,3}([-*•]) +(?=\S)/;
const numbered = /^ {0,3}(\d{1,3}[.)]) +(?=\S)/;

/** The blocks of a text in order; the line breaks around blocks are left out. */
export function formatted(text: string): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  for (let open = text.indexOf(fence); open >= 0;) {
    const close = text.indexOf(fence, open + fence.length);
    // Nor has any later fence a partner.
    if (close < 0) break;
    const block = codeBlock(text.slice(open + fence.length, close));
    if (block === undefined) {
      open = text.indexOf(fence, open + 1);
      continue;
    }
    blocks.push(...linesOf(withoutBreak(text.slice(from, open)), 0), block);
    from = close + fence.length;
    if (text[from] === "\n") from++;
    open = text.indexOf(fence, from);
  }
  return [...blocks, ...linesOf(text.slice(from), 0)];
}

/** What is between two fences; undefined: nothing. */
function codeBlock(inside: string): Block | undefined {
  if (inside.trim() === "") return undefined;
  const [, language = ""] = /^([\w+#-]*)\n/.exec(inside) ?? [];
  const hasHead = inside[language.length] === "\n";
  const text = hasHead ? inside.slice(language.length + 1) : inside;
  if (text.trim() === "") return { kind: "block", text: inside.trim(), language: "" };
  return { kind: "block", text: withoutBreak(text), language: hasHead ? language : "" };
}

type LineKind = "text" | "quote" | "bullet" | "number";

function kindOf(line: string, depth: number): LineKind {
  if (depth < quotesMost && quoted.test(line)) return "quote";
  if (bullet.test(line)) return "bullet";
  return numbered.test(line) ? "number" : "text";
}

/** Blocks of a text without blocks of code: neighbouring lines of one kind are one. */
function linesOf(text: string, depth: number): Block[] {
  if (text === "") return [];
  const blocks: Block[] = [];
  let group: string[] = [];
  let kind: LineKind | undefined;
  const end = () => {
    if (kind !== undefined) blocks.push(...blockOf(kind, { lines: group, depth }));
    group = [];
  };
  for (const line of text.split("\n")) {
    const next = kindOf(line, depth);
    if (next !== kind) end();
    kind = next;
    group.push(line);
  }
  end();
  return blocks;
}

function blockOf(
  kind: LineKind,
  { lines, depth }: { readonly lines: readonly string[]; readonly depth: number },
): Block[] {
  switch (kind) {
    case "text": {
      const children = inlines(lines.join("\n"));
      return children.length === 0 ? [] : [{ kind, children }];
    }
    case "quote": {
      const blocks = linesOf(lines.map((line) => line.replace(quoted, "")).join("\n"), depth + 1);
      return [{ kind, blocks }];
    }
    case "bullet":
    case "number": {
      const pattern = kind === "bullet" ? bullet : numbered;
      const items = lines.map((line): ListItem => {
        const [whole = "", mark = ""] = pattern.exec(line) ?? [];
        return { mark, children: inlines(line.slice(whole.length)) };
      });
      const start = kind === "number" ? parseInt(items[0]?.mark ?? "1", 10) : undefined;
      return [{ kind: "list", start, items }];
    }
    default:
      return kind satisfies never;
  }
}

/** A piece of a text: code, an address, or a run in which marks may stand. */
interface Piece {
  readonly at: number;
  readonly node: TextPart | { readonly kind: "code"; readonly text: string };
}

const inlineCode = /`([^`\n]+)`/g;

/** Code first, then addresses: both may hold marks. */
function* piecesOf(text: string): Iterable<Piece> {
  let from = 0;
  const plain = function* (end: number): Iterable<Piece> {
    let at = from;
    for (const node of linkify(text.slice(from, end))) {
      yield { at, node };
      at += node.text.length;
    }
  };
  for (const { index, 0: whole, 1: inside = "" } of text.matchAll(inlineCode)) {
    if (inside.trim() === "") continue;
    yield* plain(index);
    yield { at: index, node: { kind: "code", text: inside } };
    from = index + whole.length;
  }
  yield* plain(text.length);
}

const emphases: Readonly<Record<string, Emphasis>> = { "**": "strong", "_": "em", "~~": "del" };
/** Runs of marks, and the line breaks that end them. A run of another length is text. */
const markRun = /\*+|_+|~+|\n/g;

function inlines(text: string): Inline[] {
  const open = new OpenMarks();
  for (const { at, node } of piecesOf(text)) {
    if (node.kind !== "text") {
      open.add(node);
      continue;
    }
    let from = 0;
    for (const { 0: run, index } of node.text.matchAll(markRun)) {
      const kind = emphases[run];
      if (kind === undefined && run !== "\n") continue;
      open.addText(node.text.slice(from, index));
      from = index + run.length;
      if (kind === undefined) open.endLine(run);
      else open.mark({ run, kind, ...sides(text, { from: at + index, to: at + from }) });
    }
    open.addText(node.text.slice(from));
  }
  return open.end();
}

const blank = /^\s?$/u;
/** Chinese and Japanese have no blanks between words, so marks may stand within their text. */
const wordly = /^[\p{L}\p{N}]$/u;
const unspaced = /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]$/u;

interface Mark {
  readonly run: string;
  readonly kind: Emphasis;
  readonly opens: boolean;
  readonly closes: boolean;
}

/** Whether a mark may open or close: it touches the text inside, and no word outside. */
function sides(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): Pick<Mark, "opens" | "closes"> {
  const before = from === 0 ? "" : lastPoint(text, from);
  const point = text.codePointAt(to);
  const after = point === undefined ? "" : String.fromCodePoint(point);
  const isWord = (sign: string) => wordly.test(sign) && !unspaced.test(sign);
  return {
    opens: !blank.test(after) && !isWord(before),
    closes: !blank.test(before) && !isWord(after),
  };
}

/** The code point that ends at `end`. */
function lastPoint(text: string, end: number): string {
  return [...text.slice(Math.max(0, end - 2), end)].at(-1) ?? "";
}

interface Frame {
  readonly mark: Mark | undefined;
  readonly children: Inline[];
}

/** The marks that wait for a partner; each kind at most once, so the depth is bounded. */
class OpenMarks {
  readonly #root: Frame = { mark: undefined, children: [] };
  #frames: Frame[] = [];

  add(node: Inline): void {
    const { children } = this.#frames.at(-1) ?? this.#root;
    const last = children.at(-1);
    if (node.kind !== "text" || last?.kind !== "text") children.push(node);
    else children[children.length - 1] = { kind: "text", text: last.text + node.text };
  }

  addText(text: string): void {
    if (text !== "") this.add({ kind: "text", text });
  }

  mark(mark: Mark): void {
    const at = this.#frames.findIndex((frame) => frame.mark?.kind === mark.kind);
    const isEmpty = at === this.#frames.length - 1 && this.#frames[at]?.children.length === 0;
    if (at >= 0 && mark.closes && !isEmpty) {
      this.#unwindTo(at + 1);
      const frame = this.#frames.pop();
      this.add({ kind: mark.kind, children: frame?.children ?? [] });
    } else if (at < 0 && mark.opens) this.#frames.push({ mark, children: [] });
    else this.addText(mark.run);
  }

  /** What is open at the end of a line stays text. */
  endLine(text: string): void {
    this.#unwindTo(0);
    this.addText(text);
  }

  end(): Inline[] {
    this.#unwindTo(0);
    return this.#root.children;
  }

  #unwindTo(depth: number): void {
    while (this.#frames.length > depth) {
      const frame = this.#frames.pop();
      this.addText(frame?.mark?.run ?? "");
      for (const child of frame?.children ?? []) this.add(child);
    }
  }
}

/** Without the line break at its end. */
function withoutBreak(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}
