/**
 * Marks islands in the server's HTML with a pair of comments and notes their props.
 * Invariants:
 * 1 An island inside another island is part of it and gets neither comments nor props.
 * 2 Outside a page, as in a component test, an island renders as a plain component.
 */
import { type ComponentType, createContext, h, options, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { jsxTemplate } from "preact/jsx-runtime";
import { encode } from "./props.ts";
import { rendering } from "./rendering.ts";

/** What the opening and closing comment of an island begin with; the island's number follows. */
const islandOpen = "island:";
const islandClose = "/island:";

type Props = Record<string, unknown>;

const islands = new WeakSet<object>();
const InsideIsland = createContext(false);
let creatingInner = false;

/** Makes every later use of the component an island. */
export function registerIsland(component: object): void {
  islands.add(component);
}

const previous = options.vnode;
options.vnode = (vnode) => {
  if (!creatingInner && typeof vnode.type === "function" && islands.has(vnode.type)) {
    const given = { component: vnode.type, given: vnode.props };
    Object.assign(vnode, { type: IslandBoundary, props: given });
  }
  previous?.(vnode);
};

function IslandBoundary(
  { component, given }: { component: ComponentType<Props>; given: Props },
): VNode {
  const nested = useContext(InsideIsland);
  const page = rendering();
  const island = page?.findIsland(component);
  const inner = createInner(component, given);
  if (nested || page === undefined || island === undefined) return inner;
  if (given.children !== undefined) {
    throw new TypeError(`Island <${island.name}> has children; pass data as props instead`);
  }
  const number = page.islands.length;
  page.islands.push({ ...island, props: encodeProps(island.name, given) });
  return jsxTemplate(
    [`<!--${islandOpen}${number}-->`, `<!--${islandClose}${number}-->`],
    h(InsideIsland.Provider, { value: true }, inner),
  );
}

/** A vnode of the component itself, past the hook above. */
function createInner(component: ComponentType<Props>, props: Props): VNode {
  creatingInner = true;
  try {
    return h(component, props);
  } finally {
    creatingInner = false;
  }
}

function encodeProps(name: string, props: Props): unknown {
  try {
    return encode(props, rendering()?.signals ?? []);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`Props of island <${name}>: ${why}`, { cause });
  }
}
