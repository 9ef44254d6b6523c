/** The result of a build as the server uses it: the generated `snapshot.js`. */
import type { Method, ResolvedConfig } from "./types.ts";

/** A file of the routes folder. */
export type RouteFile = LoadedRoute | LateRoute;

/** A layout, a middleware or a route without a page, loaded with the build. */
export interface LoadedRoute {
  /** From the routes folder, without a leading slash. */
  path: string;
  module: Record<string, unknown>;
}

/** A page, an error page or the app wrapper, loaded with the first request for it. */
export interface LateRoute extends RouteOutline {
  /** From the routes folder, without a leading slash. */
  path: string;
  load(): Promise<Record<string, unknown>>;
}

/** What registering a route requires of its module. */
export interface RouteOutline {
  methods: (Method | "ALL")[];
  /** The module's `config.routeOverride`. */
  override?: string | undefined;
}

/** A client module as pages refer to it, by file names under `/_fresh/js/`. */
export interface ClientEntry {
  client: string;
  /** The modules it imports statically. */
  preload: string[];
}

/** An island file in the snapshot. */
export interface IslandFile extends ClientEntry {
  load(): Promise<Record<string, unknown>>;
  /** Its own start module, if it was built apart from the others with its own copy of Preact. */
  boot?: ClientEntry;
}

/** A file of the app's `static/` folder or of the build. */
export interface StaticFile {
  /** Its path from the project's folder, with "/". */
  file: string;
  /** The first 16 hex digits of its sha256. */
  hash: string;
  /** Whether its URL changes with its content. */
  immutable?: boolean;
}

/** The exports of a generated `snapshot.js`. */
export interface Snapshot {
  /** Parents before children. */
  routes: RouteFile[];
  islands: IslandFile[];
  /** Client module that starts a page's islands. */
  boot: ClientEntry;
  /** What islands load by import(), by the path of its source from the project's folder. */
  late: Record<string, ClientEntry>;
  staticFiles: Record<string, StaticFile>;
  /** Changes when a file of the `static/` folder does. */
  staticBuild: string;
}

/** A snapshot and its place. */
export interface BuildCache extends Snapshot {
  /** The project's folder as a `file:` URL that ends in a slash. */
  root: string;
  /** URL path of the reload script; only the development server sets it. */
  reloadScript?: string;
}

/** URL path of the folder with the client modules. */
export const clientPath = "/_fresh/js/";

/** The builds behind apps, by their configurations; an app without a build has none. */
export const builds = new WeakMap<ResolvedConfig, BuildCache>();
