import type { HandlerFn, Middleware, PageResponse, RouteComponent, RouteHandler } from "./types.ts";

type DataOf<Handler> = Handler extends HandlerFn<infer Data, never> ? DataIn<Data>
  : Handler extends Record<string, unknown> ? DataIn<ResultsOf<Handler>>
  : unknown;
type ResultsOf<Handler> = {
  [Name in keyof Handler]: Handler[Name] extends (ctx: never) => infer Result ? Awaited<Result>
    : never;
}[keyof Handler];
type DataIn<Result> = Result extends PageResponse<infer Data> ? Data
  : Result extends Response ? never
  : Result;

/** Declares parts of an app with their types inferred; each returns what it is given. */
export interface Define<State> {
  /** The handlers of a route. */
  handlers<Handler extends RouteHandler<unknown, State>>(handler: Handler): Handler;
  /** A page; `define.page<typeof handler>` types its `data`. */
  page<Handler = unknown>(
    component: RouteComponent<DataOf<Handler>, State>,
  ): RouteComponent<DataOf<Handler>, State>;
  layout(component: RouteComponent<unknown, State>): RouteComponent<unknown, State>;
  middleware(middleware: Middleware<State>): Middleware<State>;
}

/** Functions that declare handlers, pages, layouts and middlewares of an app with this state. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handler) => handler,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}

/** Has the route's component rendered with this data. */
export function page(): PageResponse<undefined>;
export function page<Data>(
  data: Data,
  options?: Omit<PageResponse<unknown>, "data">,
): PageResponse<Data>;
export function page(data?: unknown, options?: object): PageResponse<unknown> {
  return { ...options, data };
}
