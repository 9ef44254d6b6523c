/**
 * The browser's entry: renders each island of the page over the server's nodes between its
 * comments. It uses `render`, not `hydrate`: hydration keeps attributes, so one that depends on
 * IS_BROWSER would keep the server's value. As upstream, top-level nodes that the first render does
 * not reuse stay in the page.
 */
import { type ComponentType, type ContainerNode, h, render, type VNode } from "preact";
import { createDecoder } from "./props.ts";
import { type IslandUse, staticBuild } from "./rendering.ts";

/** Written by the server into the page. */
interface PageIslands {
  build: string;
  islands: IslandUse[];
  signals: unknown[];
}

type Markers = Partial<Record<"open" | "close", Comment>>;

const source = document.getElementById("fresh-islands");
if (source?.textContent) start(JSON.parse(source.textContent));

function start({ build, islands, signals }: PageIslands): void {
  staticBuild.id = build;
  const decode = createDecoder(signals);
  const markers = findMarkers();
  const modules = islands.map(({ module }): Promise<Record<string, ComponentType<object>>> => {
    // Not a template inside import(): esbuild would bundle every file that it could match.
    const url = new URL(module, import.meta.url).href;
    return import(url);
  });
  // Upstream's boot script imports the islands statically, so a failed import is an error of it.
  Promise.all(modules).catch(() =>
    document.querySelector("body script[type=module]")?.dispatchEvent(new Event("error"))
  );
  islands.forEach(async ({ module, name, props }, index) => {
    try {
      const { open, close } = markers[index] ?? {};
      if (!open || !close) throw new Error(`The page has no place for island <${name}>`);
      const component = (await modules[index])?.[name];
      if (!component) throw new Error(`${module} exports no island <${name}>`);
      renderBetween(h(component, Object(decode(props))), { open, close });
    } catch (error) {
      // One broken island must not keep the others from starting.
      reportError(error);
    }
  });
}

function findMarkers(): Markers[] {
  const found: Markers[] = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const [, end, number] = /^(\/?)island:(\d+)$/.exec(node.nodeValue ?? "") ?? [];
    if (number === undefined || !(node instanceof Comment)) continue;
    const markers = found[Number(number)] ??= {};
    markers[end === "/" ? "close" : "open"] = node;
  }
  return found;
}

/** Renders into the nodes between the two comments, presented to Preact as one element. */
function renderBetween(vnode: VNode, { open, close }: Required<Markers>): void {
  const parent = open.parentElement;
  if (parent === null) throw new Error("An island must be inside an element");
  const nodes: ChildNode[] = [];
  for (let node = open.nextSibling; node !== null && node !== close; node = node.nextSibling) {
    nodes.push(node);
  }
  const isBefore = (node: Node) =>
    (close.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const root = {
    nodeType: Node.ELEMENT_NODE,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    firstChild: nodes[0] ?? null,
    childNodes: nodes,
    contains: (other: Node | null) => parent.contains(other),
    // Preact skips comments when it looks for the next sibling, and so may leave the island.
    insertBefore: (node: Node, before: Node | null) =>
      parent.insertBefore(node, before !== null && isBefore(before) ? before : close),
    appendChild: (node: Node) => parent.insertBefore(node, close),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  render(vnode, root as unknown as ContainerNode);
}
