/**
 * The module "fresh/runtime" for code of both sides. The browser downloads it, so it stays small:
 * it reaches the server's part through `rendering.ts`, which holds only two variables.
 */
import type { ComponentChildren } from "preact";
import { rendering, staticBuild } from "./rendering.ts";

/** True in the browser, false while the server renders. Named as upstream names it. */
export const IS_BROWSER = typeof document !== "undefined";

/** Query parameter that carries the build of the static files. */
export const buildParameter = "v";

/** The URL of a static file that may be cached forever: it changes with every static file. */
export function asset(path: string): string {
  const build = staticBuild.id;
  if (build === "" || !/^\/(?!\/)/.test(path)) return path;
  const [, before = "", search = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(path) ?? [];
  if (search.includes(`${buildParameter}=`)) return path;
  return `${before}${search === "" ? "?" : `${search}&`}${buildParameter}=${build}${hash}`;
}

/** Puts its children into the page's `<head>`. It has no effect in the browser. */
export function Head({ children }: { children?: ComponentChildren }): null {
  rendering()?.head.push(children);
  return null;
}
