/**
 * The app: registers routes and answers requests with them.
 * Invariants:
 * 1 `handler()` never rejects: every error becomes a response.
 * 2 The Response of an upgrade is returned as the same object that the route returned.
 * 3 In production a response shows nothing of an error except the message of an HttpError.
 */
import { type BuildCache, builds } from "./build_cache.ts";
import { RequestContext } from "./context.ts";
import { registerFiles } from "./fs_routes.ts";
import { HttpError, statusOf, statusPhrase } from "./http_error.ts";
import { logError } from "./log.ts";
import { staticBuild } from "./rendering.ts";
import { type ErrorPage, methodsOf, RouteTable, type Target } from "./table.ts";
import type {
  AppOptions,
  Context,
  Method,
  Middleware,
  Mode,
  ResolvedConfig,
  Route,
  RouteComponent,
  RouteConfig,
} from "./types.ts";
import type { SocketHandlers } from "./upgrade.ts";

/** Answers a request; `info` may be left out in tests. */
export type Handler = (req: Request, info?: Deno.ServeHandlerInfo) => Promise<Response>;

const noInfo: Deno.ServeHandlerInfo = {
  remoteAddr: { transport: "tcp", hostname: "localhost", port: 0 },
  completed: Promise.resolve(),
};

/** An app: middlewares, layouts and routes, each wrapped in what was registered before it. */
export class App<State = unknown> {
  readonly config: ResolvedConfig;
  readonly #trustProxy: boolean;
  readonly #steps: ((table: RouteTable<State>) => void)[] = [];
  readonly get = this.#adder("GET");
  readonly post = this.#adder("POST");
  readonly put = this.#adder("PUT");
  readonly patch = this.#adder("PATCH");
  readonly delete = this.#adder("DELETE");
  readonly head = this.#adder("HEAD");
  readonly all = this.#adder("ALL");

  constructor({ basePath = "", mode = "production", trustProxy = false }: AppOptions = {}) {
    this.config = { root: "", basePath: basePath.replace(/\/+$/, ""), mode };
    this.#trustProxy = trustProxy;
  }

  /** Adds middlewares for all requests, or for all requests below a path. */
  use(first: string | Middleware<State>, ...rest: Middleware<State>[]): this {
    const path = typeof first === "string" ? first : "*";
    const all = typeof first === "string" ? rest : [first, ...rest];
    return this.#step((table) => table.use({ path }, all));
  }

  /** Upgrades GET requests on the path to WebSockets. */
  ws(path: string, handlers: SocketHandlers, options?: Deno.UpgradeWebSocketOptions): this {
    return this.get(path, (ctx) => ctx.upgrade(handlers, options));
  }

  /** Adds a route with a component, handlers or both. */
  route<Data>(path: string, route: Route<Data, State>): this {
    const load = () => route as Route<unknown, State>;
    return this.#step((table) =>
      table.addLateRoute({ path }, { methods: methodsOf(load()), load })
    );
  }

  /** Wraps the pages below a path, inside the layouts that were registered before. */
  layout(path: string, component: RouteComponent<unknown, State>, config?: RouteConfig): this {
    return this.#step((table) => table.layout({ path }, component, config));
  }

  /** Sets the outermost component, which renders `<html>`. */
  appWrapper(component: RouteComponent<unknown, State>): this {
    return this.#step((table) => table.appWrapper(() => component));
  }

  /** Sets the page for every 404. */
  notFound(page: Middleware<State> | Route<unknown, State>): this {
    return this.#step((table) => table.setNotFound(() => asRoute(page)));
  }

  /** Sets the page for errors below a path; the nearest page wins. */
  onError(path: string, page: Middleware<State> | Route<unknown, State>): this {
    return this.#step((table) => table.onError({ path }, () => asRoute(page)));
  }

  /** Adds the files of the routes folder, below `mount`. Without a build, `handler()` throws. */
  fsRoutes(mount = ""): this {
    return this.#step((table) => {
      const build = builds.get(this.config);
      if (!build) {
        throw new Error("app.fsRoutes() found no build; make one with `dev.ts build`");
      }
      registerFiles(table, { files: build.routes, mount: mount.replace(/\/?\*?$/, "") });
    });
  }

  /** A function that answers requests with the registrations so far. */
  handler(): Handler {
    const table = new RouteTable<State>();
    for (const step of this.#steps) step(table);
    return (req, info = noInfo) => this.#answer(table, req, info);
  }

  /** Serves the app with `Deno.serve`. */
  listen(options: Deno.ServeTcpOptions = {}): Deno.HttpServer<Deno.NetAddr> {
    return Deno.serve(options, this.handler());
  }

  #adder(method: Method | "ALL"): (path: string, ...middlewares: Middleware<State>[]) => this {
    return (path, ...middlewares) =>
      this.#step((table) => table.add(method, { path }, middlewares));
  }

  #step(step: (table: RouteTable<State>) => void): this {
    this.#steps.push(step);
    return this;
  }

  async #answer(
    table: RouteTable<State>,
    req: Request,
    info: Deno.ServeHandlerInfo,
  ): Promise<Response> {
    const found = this.#find(table, req);
    const { target, middlewares } = found;
    // A copy, because an error page may bring other layouts.
    const wrapping = { ...target.wrapping };
    const ctx = new RequestContext<State>({ ...found, req, info, config: this.config, wrapping });
    const response = await ctx.run(middlewares).catch((error: unknown) => {
      const pages = [...target.errorPages];
      if (table.notFound && statusOf(error) === 404) pages.unshift(table.notFound);
      return this.#recover(ctx, { error, pages, wrapping });
    });
    if (req.method !== "HEAD" || response.body === null) return response;
    await response.body.cancel();
    return new Response(null, response);
  }

  /** The middlewares that answer a request. */
  #find(table: RouteTable<State>, req: Request) {
    const url = this.#urlOf(req);
    const { basePath } = this.config;
    const inside = url.pathname === basePath || url.pathname.startsWith(`${basePath}/`);
    const path = url.pathname.slice(basePath.length) || "/";
    const ending = (answer: Middleware<State>) => {
      const target = table.targetAt({ path });
      const middlewares = [...target.middlewares, answer];
      return { url, target, middlewares, params: {}, route: null };
    };
    try {
      const match = inside ? table.router.match(req.method, path) : { type: "none" as const };
      if (match.type === "none") return ending(() => Promise.reject(new HttpError(404)));
      if (match.type === "found") {
        const { params, entry: { target, pattern: route } } = match;
        return { url, target, middlewares: target.middlewares, params, route };
      }
      const headers = { allow: match.allow };
      const status = req.method === "OPTIONS" ? 204 : 405;
      const body = status === 204 ? null : statusPhrase(status);
      return ending(() => new Response(body, { status, headers }));
    } catch (error) {
      return ending(() => Promise.reject(error));
    }
  }

  #urlOf(req: Request): URL {
    const url = new URL(req.url);
    if (!this.#trustProxy) return url;
    const protocol = req.headers.get("x-forwarded-proto")?.split(",")[0]?.trim();
    const host = req.headers.get("x-forwarded-host")?.split(",")[0]?.trim();
    if (protocol === "http" || protocol === "https") url.protocol = protocol;
    // A host without a port must not keep the port that the server listens on.
    if (host && /^[\w.:[\]-]+$/.test(host)) [url.port, url.host] = ["", host];
    return url;
  }

  async #recover(
    ctx: Context<State>,
    { error, pages, wrapping }: {
      error: unknown;
      pages: ErrorPage<State>[];
      wrapping: Target<State>["wrapping"];
    },
  ): Promise<Response> {
    const status = statusOf(error);
    ctx.error = error;
    for (const page of pages) {
      Object.assign(wrapping, page.wrapping);
      try {
        return await page.answer(ctx);
      } catch (second) {
        logError("An error page failed", second);
      }
    }
    // As upstream: an error that an error page answered is for the app to log.
    if (status >= 500) logError(`${ctx.req.method} ${ctx.url.pathname} failed`, error);
    return new Response(this.#describe(error, status), {
      status,
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  }

  #describe(error: unknown, status: number): string {
    if (this.config.mode === "development" && status >= 500) {
      return error instanceof Error ? error.stack ?? error.message : String(error);
    }
    return error instanceof HttpError ? error.message : statusPhrase(status);
  }
}

function asRoute<State>(page: Middleware<State> | Route<unknown, State>): Route<unknown, State> {
  return typeof page === "function" ? { handler: page } : page;
}

/** Connects a build to an app; for generated files and the development server. */
export function setBuildCache<State>(app: App<State>, build: BuildCache, mode?: Mode): void {
  app.config.root = build.root;
  if (mode) app.config.mode = mode;
  builds.set(app.config, build);
  staticBuild.id = build.staticBuild;
}
