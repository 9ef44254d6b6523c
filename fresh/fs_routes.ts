// Registers the files of the routes folder, by the conventions of their names.

import type { RouteTable } from "./table.ts";
import type { Middleware, Route, RouteComponent, RouteConfig } from "./types.ts";

/** A file of the routes folder: its path there without a leading slash, and its exports. */
export interface RouteFile {
  path: string;
  module: Record<string, unknown>;
}

interface Parts {
  folder: string;
  name: string;
}

/** Registers files below the path `mount`, which is "" or starts with a slash. */
export function registerFiles<State>(
  table: RouteTable<State>,
  { files, mount }: { files: readonly RouteFile[]; mount: string },
): void {
  const parted = files.map((file) => ({ file, ...split(file.path) }));
  const special = parted.filter(({ name }) => name.startsWith("_"));
  const routes = parted.filter(({ name }) => !name.startsWith("_"));
  // Wrappers come first, outer before inner, so that each route and error page is wrapped in all.
  const kinds = ["_app", "_middleware", "_layout", "_error"];
  const rank = (parts: Parts) => [kinds.indexOf(parts.name), parts.folder.length] as const;
  special.sort((a, b) => rank(a)[0] - rank(b)[0] || rank(a)[1] - rank(b)[1]);
  for (const { file, folder, name } of special) {
    registerSpecial(table, { file, name, place: { path: mount + pathOf(folder), folder } });
  }
  const placed = routes.map(({ file, folder, name }) => {
    const route = readRoute<State>(file);
    const pattern = route.config?.routeOverride ?? pathOf(`${folder}/${name}`);
    return { route, place: { path: mount + pattern, folder } };
  });
  placed.sort((a, b) => compare(a.place.path, b.place.path));
  for (const { place, route } of placed) {
    table.addRoute({ ...place, path: place.path === "" ? "/" : place.path }, route);
  }
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

function split(path: string): Parts {
  const parts = path.replace(/\.[jt]sx?$/, "").split("/");
  const name = parts.pop() ?? "";
  return { folder: parts.join("/"), name };
}

function registerSpecial<State>(
  table: RouteTable<State>,
  { file, name, place }: {
    file: RouteFile;
    name: string;
    place: { path: string; folder: string };
  },
): void {
  const { handler, component, config } = readRoute<State>(file);
  if (name === "_middleware") {
    table.use(place, readMiddlewares<State>(file));
  } else if (name === "_error" && (component || typeof handler === "function")) {
    table.onError(place, { handler, component, config });
  } else if (name === "_app" && component) {
    table.appWrapper(component);
  } else if (name === "_layout" && component) {
    table.layout(place, component, config);
  } else {
    throw new Error(
      `routes/${file.path}: want _app, _layout, _middleware or _error with a default export`,
    );
  }
}

function readRoute<State>({ path, module }: RouteFile): Route<unknown, State> {
  const { default: component, handler = module.handlers, config } = module;
  if (!isOptional(component, isFunction<RouteComponent<unknown, State>>)) {
    throw new TypeError(`routes/${path}: the default export must be a component`);
  }
  if (!isOptional(handler, isHandler<State>)) {
    throw new TypeError(`routes/${path}: \`handler\` must be a function or an object of them`);
  }
  if (!isOptional(config, isObject<RouteConfig>)) {
    throw new TypeError(`routes/${path}: \`config\` must be an object`);
  }
  return { component, handler, config };
}

function readMiddlewares<State>({ path, module }: RouteFile): Middleware<State>[] {
  const given = module.default ?? module.handler ?? module.handlers;
  const list: unknown[] = Array.isArray(given) ? given : [given];
  return list.map((item) => {
    if (isFunction<Middleware<State>>(item)) return item;
    throw new TypeError(`routes/${path}: want a middleware, or an array of them, as default`);
  });
}

function isOptional<Type>(
  value: unknown,
  is: (value: unknown) => value is Type,
): value is Type | undefined {
  return value === undefined || is(value);
}

function isFunction<Type>(value: unknown): value is Type {
  return typeof value === "function";
}

function isObject<Type extends object>(value: unknown): value is Type {
  return typeof value === "object" && value !== null;
}

function isHandler<State>(value: unknown): value is Route<unknown, State>["handler"] {
  return isFunction(value) ||
    (isObject(value) && Object.values(value).every((item) => isFunction(item)));
}

/** Fixed segments before named ones, those before optional ones, and the rest last. */
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
