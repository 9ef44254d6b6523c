/** Declares handlers, pages, layouts and middlewares with inferred types. */
import type { Middleware, PageResponse, RouteComponent, RouteHandler } from "./types.ts";

/** The result of a handler, or of any handler in an object of handlers. */
type ResultOf<Handler> = Handler extends (ctx: never) => infer Result ? Awaited<Result>
  : { [Name in keyof Handler]: ResultOf<Handler[Name]> }[keyof Handler];
type DataIn<Result> = Result extends PageResponse<infer Data> ? Data : never;
type DataOf<Handler> = unknown extends Handler ? unknown : DataIn<ResultOf<Handler>>;

/** Declares parts of an app with inferred types; each function returns its argument. */
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

/** Functions that declare parts of an app whose `ctx.state` is `State`. */
export function createDefine<State>(): Define<State> {
  return {
    handlers: (handler) => handler,
    page: (component) => component,
    layout: (component) => component,
    middleware: (middleware) => middleware,
  };
}

/** The result of a handler that renders the route's component, with this data. */
export function page(): PageResponse<undefined>;
export function page<Data>(
  data: Data,
  options?: Omit<PageResponse<unknown>, "data">,
): PageResponse<Data>;
export function page(data?: unknown, options?: object): PageResponse<unknown> {
  return { ...options, data };
}
