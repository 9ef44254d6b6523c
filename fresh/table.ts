/**
 * Collects what an app registers, in order, and wraps each route in what was registered before it.
 * Invariants:
 * 1 A route never changes once added: later registrations do not affect it.
 * 2 What a file in a route group registers affects the files of that group only, although the
 *   group is not part of the URL.
 */
import { page as toPage } from "./define.ts";
import { statusOf } from "./http_error.ts";
import type { Wrapping } from "./render.ts";
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

/** What is loaded when it is needed. */
export type Late<Value> = () => Value | Promise<Value>;

/** Everything registered with an app, ready to match requests. */
export class RouteTable<State> {
  readonly router = new Router<Target<State>>();
  notFound: ErrorPage<State> | undefined;
  #middlewares: Placed<{ run: Middleware<State> }>[] = [];
  #layouts: Placed<{ component: RouteComponent<unknown, State>; config: RouteConfig }>[] = [];
  #errorPages: Placed<ErrorPage<State>>[] = [];
  #appWrapper: Late<RouteComponent<unknown, State> | null> = async () =>
    (await import("./render.ts")).DefaultAppWrapper;

  use(place: Place, middlewares: Middleware<State>[]): void {
    for (const run of middlewares) this.#middlewares.push({ place, run });
  }

  layout(place: Place, component: RouteComponent<unknown, State>, config: RouteConfig = {}): void {
    this.#layouts.push({ place, component, config });
  }

  appWrapper(component: Late<RouteComponent<unknown, State> | null>): void {
    this.#appWrapper = component;
  }

  onError(place: Place, load: Late<Route<unknown, State>>): void {
    this.#errorPages.push({ place, ...this.#toErrorPage(place, load) });
  }

  setNotFound(load: Late<Route<unknown, State>>): void {
    this.notFound = this.#toErrorPage({ path: "/" }, load);
  }

  /** Adds a route that consists of middlewares only. */
  add(method: Method | "ALL", place: Place, middlewares: Middleware<State>[]): void {
    const target = this.targetAt(place);
    target.middlewares.push(...middlewares);
    this.router.add({ method, pattern: place.path, target });
  }

  /** Adds a route that is loaded with its first request; `methods`: what it answers. */
  addLateRoute(
    place: Place,
    { methods, load }: { methods: readonly (Method | "ALL")[]; load: Late<Route<unknown, State>> },
  ): void {
    const { middlewares, ...target } = this.targetAt(place);
    for (const method of methods) {
      const answer = this.#toMiddleware(place, load, (route) => handlerOf(route, method));
      this.router.add({
        method,
        pattern: place.path,
        target: { ...target, middlewares: [...middlewares, answer] },
      });
    }
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

  #toErrorPage(place: Place, load: Late<Route<unknown, State>>): ErrorPage<State> {
    const answer = this.#toMiddleware(
      place,
      load,
      ({ handler }) =>
        typeof handler === "function"
          ? handler
          : ({ error }) => toPage(undefined, { status: statusOf(error) }),
    );
    return { answer, wrapping: this.#wrappingAt(place) };
  }

  #toMiddleware(
    place: Place,
    load: Late<Route<unknown, State>>,
    handlerIn: (route: Route<unknown, State>) => HandlerFn<unknown, State>,
  ): Middleware<State> {
    const wrapping = this.#wrappingAt(place);
    return async (ctx) => {
      const route = await load();
      const { component, config = {} } = route;
      const result = await handlerIn(route)(ctx);
      if (result instanceof Response) return result;
      if (component === undefined) {
        throw new TypeError(
          `The handler of ${place.path} returned no Response and the route has no component to render`,
        );
      }
      ctx.data = result.data;
      const { status, headers } = result;
      const { renderPage } = await import("./render.ts");
      return renderPage(ctx, { content: component, wrapping, init: { status, headers }, config });
    };
  }
}

/** The methods that a route answers. */
export function methodsOf<State>(
  { handler, component }: Route<unknown, State>,
): (Method | "ALL")[] {
  if (typeof handler === "function") return ["ALL"];
  return methods.filter((name) => handler?.[name] ?? (name === "GET" && component));
}

function handlerOf<State>(
  { handler }: Route<unknown, State>,
  method: Method | "ALL",
): HandlerFn<unknown, State> {
  if (typeof handler === "function") return handler;
  return (method === "ALL" ? undefined : handler?.[method]) ?? (() => toPage());
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
