// What both sides import as "fresh/runtime". It goes to the browser, so it stays small: the server's
// part is reached through `rendering.ts`, which holds nothing but two variables.

import type { ComponentChildren } from "preact";
import { rendering, staticBuild } from "./rendering.ts";

/** True in the browser, false while the server renders. */
export const IS_BROWSER = typeof document !== "undefined";

/** Query parameter that carries the build of the static files. */
export const buildParameter = "v";

/** URL of a static file that may be cached for ever: it changes whenever a static file does. */
export function asset(path: string): string {
  const build = staticBuild.id;
  if (build === "" || !/^\/(?!\/)/.test(path)) return path;
  const [, before = "", search = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(path) ?? [];
  if (search.includes(`${buildParameter}=`)) return path;
  return `${before}${search === "" ? "?" : `${search}&`}${buildParameter}=${build}${hash}`;
}

/** Puts its children into the page's `<head>`. It works while the server renders, not later. */
export function Head({ children }: { children?: ComponentChildren }): null {
  rendering()?.head.push(children);
  return null;
}
