/**
 * The page being rendered. Rendering is synchronous, so one variable cannot mix two pages. In the
 * browser only the build id is set.
 */
import type { ComponentChildren } from "preact";
import type { Signal } from "@preact/signals";

/** An island on the page, as described to the browser. */
export interface IslandUse {
  /** File name of its client module. */
  module: string;
  /** Name it is exported by. */
  name: string;
  /** Its props as `encode` writes them. */
  props: unknown;
}

/** What a page collects while it is rendered. */
export interface Rendering {
  islands: IslandUse[];
  /** Every signal in any island's props, once. */
  signals: Signal<unknown>[];
  head: ComponentChildren[];
  /** File name of the client module that exports this component; undefined: it is not an island. */
  findIsland(component: unknown): { module: string; name: string } | undefined;
}

let current: Rendering | undefined;

/** The id of the static files' contents, or "" before a build is set. */
export const staticBuild = { id: "" };

/** The page being rendered, or undefined between pages and in the browser. */
export function rendering(): Rendering | undefined {
  return current;
}

/** Renders synchronously with `next` as the page being rendered. */
export function renderingAs<Result>(next: Rendering, render: () => Result): Result {
  const before = current;
  current = next;
  try {
    return render();
  } finally {
    current = before;
  }
}
