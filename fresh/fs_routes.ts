/** Registers the files of the routes folder by their names (`_app`, `_layout`, `[id]`, …). */
import type { LoadedRoute, RouteFile, RouteOutline } from "./build_cache.ts";
import { type Late, methodsOf, type RouteTable } from "./table.ts";
import type { Middleware, Route, RouteComponent, RouteHandler } from "./types.ts";

interface ParsedFile {
  file: RouteFile;
  name: string;
  place: { path: string; folder: string };
}

const kinds = ["_app", "_middleware", "_layout", "_error"];

/** Registers files below the path `mount`, which is "" or starts with a slash. */
export function registerFiles<State>(
  table: RouteTable<State>,
  { files, mount }: { files: readonly RouteFile[]; mount: string },
): void {
  const parsed = files.map((file) => parseFile(file, mount));
  // Wrappers come first, outer before inner, so that each route and error page is wrapped in all.
  const special = parsed.filter(({ name }) => name.startsWith("_")).sort((a, b) =>
    kinds.indexOf(a.name) - kinds.indexOf(b.name) || a.place.folder.length - b.place.folder.length
  );
  for (const item of special) registerSpecial(table, item);
  const routes = parsed.filter(({ name }) => !name.startsWith("_")).map(({ file, name, place }) => {
    const { methods, override } = "module" in file ? outlineOf(file) : file;
    const path = override === undefined ? place.path + pathOf(name) : mount + override;
    return { methods, load: loaderOf<State>(file), place: { ...place, path: path || "/" } };
  });
  routes.sort((a, b) => compare(a.place.path, b.place.path));
  for (const { place, ...route } of routes) table.addLateRoute(place, route);
}

/**
 * Whether a file of the routes folder is loaded with its first request. Only pages are: what other
 * routes use, the server mostly uses anyway.
 */
export function isLate(path: string): boolean {
  return /\.[jt]sx$/.test(path) && !/(^|\/)_(middleware|layout)\.\w+$/.test(path);
}

/** What registering a file requires of its module. Throws if the module is not valid. */
export function outlineOf({ path, module }: LoadedRoute): RouteOutline {
  const route = readRoute<unknown>({ path, module });
  const { component, handler, config } = route;
  const name = /_\w+(?=\.[jt]sx?$)/.exec(path.slice(path.lastIndexOf("/") + 1))?.[0];
  const isValid = name === undefined || (name === "_app" && component !== undefined) ||
    (name === "_error" && (component !== undefined || typeof handler === "function"));
  if (!isValid) throw misplaced(path);
  return { methods: methodsOf(route), override: config?.routeOverride };
}

/** The URLPattern path for a file's path in the routes folder, "" for its root. */
export function pathOf(file: string): string {
  let path = "";
  for (const segment of file.split("/")) {
    if (segment === "" || segment === "index" || /^\(.*\)$/.test(segment)) continue;
    const optional = /^\[\[(\w+)\]\]$/.exec(segment);
    const rest = /^\[\.\.\.(\w+)\]$/.exec(segment);
    if (optional) path += `{/:${optional[1]}}?`;
    else if (rest) path += `/:${rest[1]}*`;
    else path += `/${segment.replace(/\[(\w+)\]/g, ":$1")}`;
  }
  return path;
}

function parseFile(file: RouteFile, mount: string): ParsedFile {
  const parts = file.path.replace(/\.[jt]sx?$/, "").split("/");
  const name = parts.pop() ?? "";
  const folder = parts.join("/");
  return { file, name, place: { path: mount + pathOf(folder), folder } };
}

function registerSpecial<State>(table: RouteTable<State>, { file, name, place }: ParsedFile): void {
  if ("module" in file) {
    if (name === "_middleware") return table.use(place, readMiddlewares<State>(file));
    const { component, config } = readRoute<State>(file);
    if (name === "_layout" && component) return table.layout(place, component, config);
    outlineOf(file);
  }
  const load = loaderOf<State>(file);
  if (name === "_error") table.onError(place, load);
  else table.appWrapper(async () => (await load()).component ?? null);
}

/** Loads and reads the module once. */
function loaderOf<State>(file: RouteFile): Late<Route<unknown, State>> {
  let route: Route<unknown, State> | Promise<Route<unknown, State>> | undefined;
  const { path } = file;
  return () =>
    route ??= "module" in file
      ? readRoute<State>(file)
      : file.load().then((module) => readRoute<State>({ path, module }));
}

function misplaced(path: string): Error {
  const names = kinds.join(", ");
  return new Error(`routes/${path}: a file with _ must be one of ${names}, with a default export`);
}

function readRoute<State>({ path, module }: LoadedRoute): Route<unknown, State> {
  const { default: component, handler = module.handlers, config = {} } = module;
  if (component !== undefined && !isFunction<RouteComponent<unknown, State>>(component)) {
    throw new TypeError(`routes/${path}: the default export must be a component`);
  }
  if (handler !== undefined && !isHandler<State>(handler)) {
    throw new TypeError(
      `routes/${path}: \`handler\` must be a function or an object of functions by method`,
    );
  }
  return { component, handler, config: Object(config) };
}

function readMiddlewares<State>({ path, module }: LoadedRoute): Middleware<State>[] {
  const given = module.default ?? module.handler ?? module.handlers;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  if (list.every(isFunction<Middleware<State>>)) return list;
  throw new TypeError(
    `routes/${path}: the default export must be a middleware or an array of middlewares`,
  );
}

function isFunction<Type>(value: unknown): value is Type {
  return typeof value === "function";
}

function isHandler<State>(value: unknown): value is RouteHandler<unknown, State> {
  return isFunction(value) || Object.values(Object(value)).every(isFunction);
}

/** Sorts fixed segments before named ones, named before optional ones, and `[...rest]` last. */
function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((path) => path.split(/(?=\{?\/)/));
  if (left === undefined || right === undefined) return 0;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = weight(left[index]) - weight(right[index]);
    if (difference !== 0) return difference;
  }
  return a < b ? -1 : 1;
}

function weight(segment: string | undefined): number {
  if (segment === undefined) return -1;
  if (segment.endsWith("*")) return 3;
  if (segment.startsWith("{")) return 2;
  return segment.includes(":") ? 1 : 0;
}
