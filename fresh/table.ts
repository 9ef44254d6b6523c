/**
 * Collects what an app registers, in order, and wraps each route in what was registered before it.
 * Invariants:
 * 1 A route never changes once added: later registrations do not affect it.
 * 2 What a file in a route group registers affects the files of that group only, although the
 *   group is not part of the URL.
 */
import { page as toPage } from "./define.ts";
import { statusOf } from "./http_error.ts";
import { DefaultAppWrapper, renderPage, type Wrapping } from "./render.ts";
import { Router } from "./router.ts";
import {
  type HandlerFn,
  type Method,
  methods,
  type Middleware,
  type Route,
  type RouteComponent,
  type RouteConfig,
} from "./types.ts";

/** Where something applies: below a path and, if it comes from a file, below that file's folder. */
export interface Place {
  path: string;
  folder?: string;
}

type Placed<Value> = Value & { place: Place };

/** Answers failed requests. */
export interface ErrorPage<State> {
  answer: Middleware<State>;
  wrapping: Wrapping;
}

/** What the app keeps with each route. */
export interface Target<State> {
  middlewares: Middleware<State>[];
  /** The app wrapper and layouts around `ctx.render()` in the middlewares. */
  wrapping: Wrapping;
  /** Nearest first. */
  errorPages: ErrorPage<State>[];
}

/** Everything registered with an app, ready to match requests. */
export class RouteTable<State> {
  readonly router = new Router<Target<State>>();
  notFound: ErrorPage<State> | undefined;
  #middlewares: Placed<{ run: Middleware<State> }>[] = [];
  #layouts: Placed<{ component: RouteComponent<unknown, State>; config: RouteConfig }>[] = [];
  #errorPages: Placed<ErrorPage<State>>[] = [];
  #appWrapper: RouteComponent<unknown, State> = DefaultAppWrapper;

  use(place: Place, middlewares: Middleware<State>[]): void {
    for (const run of middlewares) this.#middlewares.push({ place, run });
  }

  layout(place: Place, component: RouteComponent<unknown, State>, config: RouteConfig = {}): void {
    this.#layouts.push({ place, component, config });
  }

  appWrapper(component: RouteComponent<unknown, State>): void {
    this.#appWrapper = component;
  }

  onError(place: Place, page: Middleware<State> | Route<unknown, State>): void {
    this.#errorPages.push({ place, ...this.#toErrorPage(place, page) });
  }

  setNotFound(page: Middleware<State> | Route<unknown, State>): void {
    this.notFound = this.#toErrorPage({ path: "/" }, page);
  }

  /** Adds a route that consists of middlewares only. */
  add(method: Method | "ALL", place: Place, middlewares: Middleware<State>[]): void {
    const target = this.targetAt(place);
    target.middlewares.push(...middlewares);
    this.router.add({ method, pattern: place.path, target });
  }

  /** Adds a route with a component, handlers or both. */
  addRoute(place: Place, route: Route<unknown, State>): void {
    const { handler, component } = route;
    const answer = (fn: HandlerFn<unknown, State>) => [this.#toMiddleware(place, fn, route)];
    if (typeof handler === "function") {
      this.add("ALL", place, answer(handler));
      return;
    }
    for (const method of methods) {
      const fn = handler?.[method];
      if (fn) this.add(method, place, answer(fn));
    }
    if (component && !handler?.GET) this.add("GET", place, answer(() => toPage()));
  }

  /** What applies at a place with the registrations so far. */
  targetAt(place: Place): Target<State> {
    const applies = (item: { place: Place }) => covers(item.place, place);
    return {
      middlewares: this.#middlewares.filter(applies).map(({ run }) => run),
      wrapping: this.#wrappingAt(place),
      errorPages: this.#errorPages.filter(applies).reverse()
        .sort((a, b) => segments(b.place.path).length - segments(a.place.path).length),
    };
  }

  #wrappingAt(place: Place): Wrapping {
    const wrapping: Wrapping = { appWrapper: this.#appWrapper, layouts: [] };
    for (const layout of this.#layouts.filter((item) => covers(item.place, place))) {
      if (layout.config.skipInheritedLayouts) wrapping.layouts = [];
      if (layout.config.skipAppWrapper) wrapping.appWrapper = null;
      wrapping.layouts.push(layout.component);
    }
    return wrapping;
  }

  #toErrorPage(place: Place, page: Middleware<State> | Route<unknown, State>): ErrorPage<State> {
    const wrapping = this.#wrappingAt(place);
    if (typeof page === "function") return { answer: page, wrapping };
    const { handler } = page;
    const fn: HandlerFn<unknown, State> = typeof handler === "function"
      ? handler
      : ({ error }) => toPage(undefined, { status: statusOf(error) });
    return { answer: this.#toMiddleware(place, fn, page), wrapping };
  }

  #toMiddleware(
    place: Place,
    fn: HandlerFn<unknown, State>,
    { component, config = {} }: Route<unknown, State>,
  ): Middleware<State> {
    const wrapping = this.#wrappingAt(place);
    return async (ctx) => {
      const result = await fn(ctx);
      if (result instanceof Response) return result;
      if (component === undefined) {
        throw new TypeError(
          `The handler of ${place.path} returned no Response and the route has no component to render`,
        );
      }
      ctx.data = result.data;
      const { status, headers } = result;
      return renderPage(ctx, { content: component, wrapping, init: { status, headers }, config });
    };
  }
}

function covers(outer: Place, inner: Place): boolean {
  if (outer.folder !== undefined && inner.folder !== undefined) {
    return outer.folder === "" || `${inner.folder}/`.startsWith(`${outer.folder}/`);
  }
  if (outer.folder?.includes("(")) return false;
  const wanted = segments(outer.path);
  const given = segments(inner.path);
  return wanted.every((segment, index) => {
    const other = given[index];
    return segment === other || (other !== undefined && segment[0] === ":");
  });
}

function segments(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== "*");
}
