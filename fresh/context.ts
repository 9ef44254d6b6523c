import type { ComponentChildren } from "preact";
import { renderPage, type Wrapping } from "./render.ts";
import type { Middleware, ResolvedConfig, RouteConfig } from "./types.ts";
import { type SocketHandlers, upgradeBare, upgradeManaged } from "./upgrade.ts";

type Known = "req" | "url" | "info" | "config" | "params" | "route";
/** What the app knows about a request before any middleware runs. */
export interface ContextInit extends Pick<Context<unknown>, Known> {
  /** The app may replace its parts later, when an error page with other layouts takes over. */
  wrapping: Wrapping;
}

/** One request on its way through the app; the same object for every middleware. */
export class Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedConfig;
  /** Decoded parts of the path, by name. */
  readonly params: Record<string, string>;
  /** Pattern of the matched route, or null. */
  readonly route: string | null;
  // Middlewares fill it in step by step, which no type can say; upstream starts it empty as well.
  readonly state: State = {} as State;
  /** What was thrown, on an error page; otherwise null. */
  error: unknown = null;
  /** What the handler gave to `page()`. */
  data: unknown = undefined;
  #wrapping: Wrapping;
  #next: () => Promise<Response>;

  constructor(init: ContextInit) {
    this.req = init.req;
    this.url = init.url;
    this.info = init.info;
    this.config = init.config;
    this.params = init.params;
    this.route = init.route;
    this.#wrapping = init.wrapping;
    this.#next = outOfMiddlewares;
  }

  /** Runs the rest of the middlewares and the route. */
  next(): Promise<Response> {
    return this.#next();
  }

  /** Runs the middlewares in order; each decides whether the next one runs. */
  async run(middlewares: readonly Middleware<State>[]): Promise<Response> {
    const [first, ...rest] = middlewares;
    if (first === undefined) return outOfMiddlewares();
    const before = this.#next;
    this.#next = () => this.run(rest);
    try {
      const response: unknown = await first(this);
      if (response instanceof Response) return response;
      throw new TypeError("A middleware or handler must return a Response");
    } finally {
      this.#next = before;
    }
  }

  /** Renders to a page inside the app wrapper and the layouts that apply here. */
  render(
    content: ComponentChildren,
    init: ResponseInit = {},
    config: RouteConfig = {},
  ): Promise<Response> {
    return renderPage(this, { content: () => content, wrapping: this.#wrapping, init, config });
  }

  text(body: string, init?: ResponseInit): Response {
    return respond(body, "text/plain; charset=utf-8", init);
  }

  html(body: string, init?: ResponseInit): Response {
    return respond(body, "text/html; charset=utf-8", init);
  }

  json(value: unknown, init?: ResponseInit): Response {
    return Response.json(value, init);
  }

  /** Redirects; a location without a scheme never leads to another host. */
  redirect(location: string, status = 302): Response {
    return new Response(null, { status, headers: { location: safeLocation(location) } });
  }

  /** Upgrades to a WebSocket: bare gives the socket and the response that must be returned. */
  upgrade(options?: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade;
  /** Upgrades to a WebSocket with callbacks and gives the response that must be returned. */
  upgrade(handlers: SocketHandlers, options?: Deno.UpgradeWebSocketOptions): Response;
  upgrade(
    first: SocketHandlers & Deno.UpgradeWebSocketOptions = {},
    options?: Deno.UpgradeWebSocketOptions,
  ): Deno.WebSocketUpgrade | Response {
    const managed = first.open ?? first.message ?? first.close ?? first.error;
    return managed === undefined
      ? upgradeBare(this.req, first)
      : upgradeManaged(this.req, first, options);
  }
}

function outOfMiddlewares(): Promise<Response> {
  return Promise.reject(new Error("ctx.next() was called where nothing comes next"));
}

function respond(body: string, type: string, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  return new Response(body, { ...init, headers });
}

/**
 * Browsers drop tabs and line ends anywhere in a URL, spaces in front of it, and read "\" as "/":
 * all of "//other", "/\other" and "/<tab>/other" would lead away.
 */
function safeLocation(location: string): string {
  // deno-lint-ignore no-control-regex -- these are the very characters browsers drop
  const seen = location.replace(/[\t\r\n]/g, "").replace(/^[\x00-\x20]+/, "");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new TypeError(`ctx.redirect() got "${location}": want a path or an http(s) URL`);
  }
  const local = scheme === undefined ? seen.replace(/^[\\/]+/, "/") : seen;
  return local.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}
