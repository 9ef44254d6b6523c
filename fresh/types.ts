/**
 * The types a Fresh app is written with. Handlers and components are declared through a method, so
 * that TypeScript compares their parameters bivariantly: a route with its own type of `data` must
 * fit in a list of routes.
 */
import type { ComponentChildren, FunctionComponent } from "preact";
import type { SocketHandlers } from "./upgrade.ts";

/** The HTTP methods a route can answer. */
export const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
/** One of the HTTP methods a route can answer. */
export type Method = typeof methods[number];

/** `development` shows stack traces and reloads pages; `production` does neither. */
export type Mode = "development" | "production";

/** Options of `new App()`. */
export interface AppOptions {
  /** Path under which the whole app lives, for example "/app". */
  basePath?: string;
  mode?: Mode;
  /** Whether `ctx.url` follows `X-Forwarded-Proto` and `X-Forwarded-Host`. */
  trustProxy?: boolean;
}

/** The resolved configuration, as `ctx.config`. */
export interface ResolvedConfig {
  /** The project's folder as a `file:` URL that ends in a slash; empty before a build is set. */
  root: string;
  basePath: string;
  mode: Mode;
}

/** How a route, layout or app wrapper is wrapped. */
export interface RouteConfig {
  skipInheritedLayouts?: boolean;
  skipAppWrapper?: boolean;
  /** A URLPattern path that replaces the one made from the file's name. */
  routeOverride?: string;
}

/** One request on its way through the app; the same object for every middleware. */
export interface Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedConfig;
  /** Decoded parts of the path, by name. */
  readonly params: Record<string, string>;
  /** Pattern of the matched route, or null. */
  readonly route: string | null;
  readonly state: State;
  /** What was thrown, on an error page; otherwise null. */
  error: unknown;
  /** What the handler passed to `page()`. */
  data: unknown;
  /** Runs the rest of the middlewares and the route. */
  next(): Promise<Response>;
  /** Renders a page inside the app wrapper and the layouts that apply here. */
  render(
    content: ComponentChildren,
    init?: ResponseInit,
    config?: RouteConfig,
  ): Promise<Response>;
  /** Responds with plain text. */
  text(body: string, init?: ResponseInit): Response;
  /** Responds with HTML as it is given. */
  html(body: string, init?: ResponseInit): Response;
  /** Responds with a value as JSON. */
  json(value: unknown, init?: ResponseInit): Response;
  /**
   * Redirects; a location without a scheme never leads to another host. Throws a TypeError for a
   * scheme other than http and https.
   */
  redirect(location: string, status?: number): Response;
  /** Upgrades to a WebSocket: returns the socket, and the response that must be returned. */
  upgrade(options?: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade;
  /** Upgrades to a WebSocket with callbacks: returns the response that must be returned. */
  upgrade(handlers: SocketHandlers, options?: Deno.UpgradeWebSocketOptions): Response;
}

/** Answers a request, or calls `ctx.next()` for the response of what comes after it. */
export type Middleware<State> = {
  run(ctx: Context<State>): Response | Promise<Response>;
}["run"];

/** What a handler returns through `page(data)` to render the route's component. */
export interface PageResponse<Data> {
  data: Data;
  status?: number;
  headers?: HeadersInit;
}

type HandlerResult<Data> = Response | PageResponse<Data>;

/** Answers one request with a Response or with the data for the route's component. */
export type HandlerFn<Data, State> = {
  run(ctx: Context<State>): HandlerResult<Data> | Promise<HandlerResult<Data>>;
}["run"];

/** One handler for each method. */
export type HandlerByMethod<Data, State> = Partial<Record<Method, HandlerFn<Data, State>>>;

/** The `handler` of a route. */
export type RouteHandler<Data, State> = HandlerFn<Data, State> | HandlerByMethod<Data, State>;

/** The props of pages, layouts and the app wrapper. */
export interface PageProps<Data = unknown, State = unknown> extends
  Pick<
    Context<State>,
    "config" | "url" | "req" | "params" | "info" | "state" | "error" | "route"
  > {
  data: Data;
  /** The content that a layout or an app wrapper renders inside itself. */
  Component: FunctionComponent;
}

type Rendered = ComponentChildren | Response;

/** A page, layout or app wrapper; an async one may also return a Response. */
export type RouteComponent<Data, State> = {
  render(props: PageProps<Data, State>): Rendered | Promise<Rendered>;
}["render"];

/** A route as an object, for `app.route()`, `app.notFound()` and `app.onError()`. */
export interface Route<Data, State> {
  handler?: RouteHandler<Data, State>;
  component?: RouteComponent<Data, State>;
  config?: RouteConfig;
}
