/** The result of a build as the server uses it: the generated `snapshot.js`, read and indexed. */
import { registerIsland } from "./islands.ts";
import type { ResolvedConfig } from "./types.ts";

/** A client module as pages refer to it, by file names under `/_fresh/js/`. */
export interface ClientEntry {
  client: string;
  /** The modules it imports statically. */
  preload: string[];
}

/** An island file in the snapshot. */
export interface IslandFile extends ClientEntry {
  module: Record<string, unknown>;
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
  /** Route files by their path in the routes folder, parents before children. */
  routes: { path: string; module: Record<string, unknown> }[];
  islands: IslandFile[];
  /** Client module that starts a page's islands. */
  boot: ClientEntry;
  /** What islands load by import(), by the path of its source from the project's folder. */
  late: Record<string, ClientEntry>;
  staticFiles: Record<string, StaticFile>;
  /** Changes when a file of the `static/` folder does. */
  staticBuild: string;
}

/** A snapshot with its islands indexed. */
export interface BuildCache extends Snapshot {
  /** The project's folder as a `file:` URL that ends in a slash. */
  root: string;
  islandsByComponent: Map<unknown, { file: IslandFile; name: string }>;
  /** URL path of the reload script; only the development server sets it. */
  reloadScript?: string;
}

/** URL path of the folder with the client modules. */
export const clientPath = "/_fresh/js/";

/** Indexes a snapshot and makes every function an island file exports an island. */
export function openSnapshot(snapshot: Snapshot, root: string): BuildCache {
  const islandsByComponent: BuildCache["islandsByComponent"] = new Map();
  for (const file of snapshot.islands) {
    for (const [name, component] of Object.entries(file.module)) {
      if (typeof component !== "function") continue;
      registerIsland(component);
      islandsByComponent.set(component, { file, name });
    }
  }
  return { ...snapshot, root, islandsByComponent };
}

/** The builds behind apps, by their configurations; an app without a build has none. */
export const builds = new WeakMap<ResolvedConfig, BuildCache>();
