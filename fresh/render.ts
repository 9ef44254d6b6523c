/** Renders pages: layouts and app wrapper, the head, and the tags that start the islands. */
import { type ComponentChildren, Fragment, type FunctionComponent, h } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import {
  type BuildCache,
  builds,
  type ClientEntry,
  clientPath,
  type IslandFile,
} from "./build_cache.ts";
import { lastOfEach, takeLate, withoutReplaced } from "./head.ts";
import { loadIslands } from "./islands.ts";
import { encodeSignals } from "./props.ts";
import { type Rendering, renderingAs } from "./rendering.ts";
import type { Context, PageProps, RouteComponent, RouteConfig } from "./types.ts";

type OuterComponent = RouteComponent<unknown, never> | null;

/** The outer components of a page. */
export interface Wrapping {
  /** `null`: the page renders its own `<html>`. */
  appWrapper: (() => OuterComponent | Promise<OuterComponent>) | null;
  layouts: RouteComponent<unknown, never>[];
}

interface PageOptions<State> {
  content: RouteComponent<unknown, State>;
  wrapping: Wrapping;
  init: ResponseInit;
  config: RouteConfig;
}

/** Renders a page inside its layouts and app wrapper, from the inside out. */
export async function renderPage<State>(
  ctx: Context<State>,
  { content, wrapping, init, config }: PageOptions<State>,
): Promise<Response> {
  const layers: RouteComponent<unknown, State>[] = [content];
  if (!config.skipInheritedLayouts) layers.push(...wrapping.layouts.toReversed());
  const appWrapper = config.skipAppWrapper ? null : await wrapping.appWrapper?.();
  if (appWrapper) layers.push(appWrapper);
  let Component: FunctionComponent = () => null;
  for (const layer of layers) {
    const rendered = await renderLayer(layer, pageProps(ctx, Component));
    if (rendered instanceof Response) return rendered;
    Component = () => h(Fragment, null, rendered);
  }
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", "text/html; charset=utf-8");
  const build = builds.get(ctx.config);
  const islands = build === undefined ? undefined : await loadIslands(build);
  const html = renderDocument(Component, { build, islands, basePath: ctx.config.basePath });
  return new Response(html, { ...init, headers });
}

/** The default app wrapper. */
export function DefaultAppWrapper({ Component }: PageProps): ComponentChildren {
  const head = '<meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>';
  return jsxTemplate(
    [`<html lang="en"><head>${head}</head><body>`, "</body></html>"],
    h(Component, null),
  );
}

/** Awaits async components; leaves others to the renderer, because they may use hooks. */
async function renderLayer<State>(
  layer: RouteComponent<unknown, State>,
  props: PageProps<unknown, State>,
): Promise<ComponentChildren | Response> {
  if (Object.prototype.toString.call(layer) === "[object AsyncFunction]") return await layer(props);
  const Layer: FunctionComponent = () => {
    const rendered = layer(props);
    if (rendered instanceof Promise || rendered instanceof Response) {
      throw new TypeError("A component that returns a promise or a Response must be `async`");
    }
    return h(Fragment, null, rendered);
  };
  return h(Layer, null);
}

function pageProps<State>(
  ctx: Context<State>,
  Component: FunctionComponent,
): PageProps<unknown, State> {
  const { config, url, req, params, info, state, error, route, data } = ctx;
  return { config, url, req, params, info, state, error, route, data, Component };
}

function renderDocument(
  Page: FunctionComponent,
  { build, islands, basePath }: {
    build: BuildCache | undefined;
    islands: Awaited<ReturnType<typeof loadIslands>> | undefined;
    basePath: string;
  },
): string {
  const page: Rendering = {
    islands: [],
    signals: [],
    head: [],
    findIsland(component) {
      const found = islands?.get(component);
      return found && { module: found.file.client, name: found.name };
    },
  };
  const [body, { head: added, late }, head] = renderingAs(page, () => {
    const rendered = renderToString(h(Page, null));
    const taken = takeLate(lastOfEach(page.head));
    return [rendered, taken, renderToString(h(Fragment, null, taken.head))];
  });
  const { links, scripts } = clientTags(page, { late, build, basePath });
  const document = insertHead(body, head + links, (own) => withoutReplaced(own, added));
  const end = document.lastIndexOf("</body>");
  const [before, after] = end < 0 ? [document, ""] : [document.slice(0, end), document.slice(end)];
  return `${/^<html[\s>]/i.test(body) ? "<!DOCTYPE html>" : ""}${before}${scripts}${after}`;
}

/** The tags that start the page's islands. None holds code, so `script-src 'self'` suffices. */
function clientTags(
  page: Rendering,
  { late, build, basePath }: {
    late: readonly string[];
    build: BuildCache | undefined;
    basePath: string;
  },
) {
  let [links, scripts] = ["", ""];
  if (build !== undefined && page.islands.length > 0) {
    const { islands, staticBuild } = build;
    const path = basePath + clientPath;
    const used = new Set(page.islands.map((island) => island.module));
    const files = islands.filter((file) => used.has(file.client));
    const boot = bootOf(files) ?? build.boot;
    const soon = late.map((source) => lateEntry(build, source));
    const modules = new Set([
      // The largest first: over a new connection a large file takes more than one round trip.
      ...used,
      ...[boot, ...files, ...soon].flatMap(({ preload }) => preload),
      ...soon.map(({ client }) => client),
    ]);
    for (const module of modules) links += `<link rel="modulepreload" href="${path}${module}">`;
    const signals = encodeSignals(page.signals);
    const json = JSON.stringify({ build: staticBuild, islands: page.islands, signals });
    // "<" could end the script element or open a comment in it.
    const safe = json.replaceAll("<", "\\u003c");
    scripts += `<script type="application/json" id="fresh-islands">${safe}</script>`;
    scripts += `<script type="module" src="${path}${boot.client}"></script>`;
  }
  if (build?.reloadScript !== undefined) {
    scripts += `<script type="module" src="${basePath}${build.reloadScript}"></script>`;
  }
  return { links, scripts };
}

function lateEntry({ late }: BuildCache, source: string): ClientEntry {
  const entry = late[source];
  if (entry === undefined) throw new Error(`No island loads "${source}" by import()`);
  return entry;
}

/** Two copies of Preact cannot share a page, so an island built apart must be alone on it. */
function bootOf(files: readonly IslandFile[]): ClientEntry | undefined {
  const boot = files.find((file) => file.boot !== undefined)?.boot;
  if (boot === undefined || files.length === 1) return boot;
  throw new Error(
    "An island that is built apart shares a page with others; put it on its own page",
  );
}

/** `keep`: filters the head that the app wrapper rendered. */
function insertHead(html: string, head: string, keep: (own: string) => string): string {
  if (head === "") return html;
  const end = html.indexOf("</head>");
  return end < 0 ? head + html : keep(html.slice(0, end)) + head + html.slice(end);
}
