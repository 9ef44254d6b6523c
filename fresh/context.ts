/** The context of a request, and the chain of middlewares. */
import type { ComponentChildren } from "preact";
import type { Wrapping } from "./render.ts";
import type { Context, Middleware, ResolvedConfig, RouteConfig } from "./types.ts";
import { type SocketHandlers, upgradeBare, upgradeManaged } from "./upgrade.ts";

/** What the app knows about a request before any middleware runs. */
export interface ContextInit
  extends Pick<Context<unknown>, "req" | "url" | "info" | "config" | "params" | "route"> {
  /** The app may replace its parts later, if an error page with other layouts answers. */
  wrapping: Wrapping;
}

/** The context of one request, with the middlewares that are still to run. */
export class RequestContext<State> implements Context<State> {
  readonly req: Request;
  readonly url: URL;
  readonly info: Deno.ServeHandlerInfo;
  readonly config: ResolvedConfig;
  readonly params: Record<string, string>;
  readonly route: string | null;
  // Middlewares fill it step by step, which no type can express; upstream starts it empty, too.
  readonly state: State = {} as State;
  error: unknown = null;
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

  async render(
    content: ComponentChildren,
    init: ResponseInit = {},
    config: RouteConfig = {},
  ): Promise<Response> {
    const { renderPage } = await import("./render.ts");
    return await renderPage(this, {
      content: () => content,
      wrapping: this.#wrapping,
      init,
      config,
    });
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

  redirect(location: string, status = 302): Response {
    return new Response(null, { status, headers: { location: safeLocation(location) } });
  }

  upgrade(options?: Deno.UpgradeWebSocketOptions): Deno.WebSocketUpgrade;
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
  return Promise.reject(new Error("ctx.next() was called in the last handler"));
}

function respond(body: string, type: string, init: ResponseInit = {}): Response {
  const headers = new Headers(init.headers);
  if (!headers.has("content-type")) headers.set("content-type", type);
  return new Response(body, { ...init, headers });
}

/**
 * Browsers remove tabs and line ends anywhere in a URL and spaces before it, and read "\" as "/":
 * "//other", "/\other" and "/<tab>/other" would all lead to another host.
 */
function safeLocation(location: string): string {
  // deno-lint-ignore no-control-regex -- browsers remove exactly these characters
  const seen = location.replace(/[\t\r\n]/g, "").replace(/^[\x00-\x20]+/, "");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(seen)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new TypeError(`ctx.redirect() got "${location}"; pass a path or an http(s) URL`);
  }
  const local = scheme === undefined ? seen.replace(/^[\\/]+/, "/") : seen;
  return local.toWellFormed().replace(/[^\x21-\x7e]+/g, encodeURIComponent);
}
