import type { Middleware, PageResponse, RouteComponent, RouteHandler } from "./types.ts";

/** What a handler, or any one of an object of handlers, comes to. */
type ResultOf<Handler> = Handler extends (ctx: never) => infer Result ? Awaited<Result>
  : { [Name in keyof Handler]: ResultOf<Handler[Name]> }[keyof Handler];
type DataIn<Result> = Result extends PageResponse<infer Data> ? Data : never;
type DataOf<Handler> = unknown extends Handler ? unknown : DataIn<ResultOf<Handler>>;

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
