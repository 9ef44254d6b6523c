/**
 * Marks islands in the server's HTML with a pair of comments and notes their props.
 * Invariants:
 * 1 An island inside another island is part of it and gets neither comments nor props.
 * 2 Outside a page, as in a component test, an island renders as a plain component.
 */
import { type ComponentType, createContext, h, options, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { jsxTemplate } from "preact/jsx-runtime";
import type { BuildCache, IslandFile } from "./build_cache.ts";
import { encode } from "./props.ts";
import { rendering } from "./rendering.ts";

/** What the opening and closing comment of an island begin with; the island's number follows. */
const islandOpen = "island:";
const islandClose = "/island:";

type Props = Record<string, unknown>;

/** An island of a build: its file, and the name it is exported by. */
interface Island {
  file: IslandFile;
  name: string;
}

const islands = new WeakSet<object>();
/** The components themselves, inside their boundaries. */
const inners = new WeakSet<VNode>();
const InsideIsland = createContext(false);
const loaded = new WeakMap<BuildCache, Promise<Map<unknown, Island>>>();

/**
 * The islands of a build by their components. The first call loads all island files and makes
 * every function that they export an island.
 */
export function loadIslands(build: BuildCache): Promise<Map<unknown, Island>> {
  const known = loaded.get(build) ?? load(build);
  loaded.set(build, known);
  return known;
}

async function load(build: BuildCache): Promise<Map<unknown, Island>> {
  const found = new Map<unknown, Island>();
  const modules = await Promise.all(build.islands.map((file) => file.load()));
  build.islands.forEach((file, index) => {
    for (const [name, component] of Object.entries(modules[index] ?? {})) {
      if (typeof component !== "function") continue;
      islands.add(component);
      found.set(component, { file, name });
    }
  });
  return found;
}

/**
 * Preact calls `__b` before it renders a vnode; its types do not name it. By then the islands are
 * loaded, which they need not be when a handler creates a vnode of one.
 */
const hooks: typeof options & { __b?: (vnode: VNode) => void } = options;
const previous = hooks.__b;
hooks.__b = (vnode) => {
  if (typeof vnode.type === "function" && islands.has(vnode.type) && !inners.has(vnode)) {
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
  const inner = h(component, given);
  inners.add(inner);
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

function encodeProps(name: string, props: Props): unknown {
  try {
    return encode(props, rendering()?.signals ?? []);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`Props of island <${name}>: ${why}`, { cause });
  }
}
