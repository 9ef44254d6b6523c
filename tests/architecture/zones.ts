// The table "Who may import whom" of docs/ARCHITECTURE.md, as rules a test can apply.

import { type Destination, resolveImport, type SourceFile } from "./source_files.ts";

/** What the files of one zone may import, beside each other. */
export interface Zone {
  /** Folders of the project ("mesh/") and single files ("signaling/mod.ts"). */
  files: string[];
  /** Folders of which only types may be taken. */
  types?: string[];
  /** Packages by name, as in "preact". */
  packages: string[];
}

const FRAMEWORK = ["fresh/mod.ts", "fresh/runtime.ts"];
/** What `resolveImport` calls a specifier that is no literal. */
const COMPUTED = "(computed)";
const RENDERING = ["preact", "@preact/signals"];

/** Zones by folder; the longest match counts. "" is the top folder, which composes the server. */
export const ZONES: Record<string, Zone> = {
  protocol: { files: [], packages: [] },
  // Tokens are signed inside one synchronous step, which Web Crypto cannot do.
  signaling: { files: ["protocol/"], packages: ["node:buffer", "node:crypto"] },
  // Files are hashed while they stream, which Web Crypto cannot do. Code that could not be fetched
  // is imported again by the address the browser named.
  mesh: { files: ["protocol/"], packages: ["@noble/hashes", "mediabunny", COMPUTED] },
  // The stores of the features: what a page knows. See STORE.
  "app stores": {
    files: ["mesh/", "protocol/", "app loaders", "app words"],
    packages: ["@preact/signals-core"],
  },
  // What features load late; a store may load a view's module, but not see what is in it.
  "app loaders": { files: ["app", "app stores", "app words", "mesh/"], packages: [] },
  // Data and its types.
  "app words": { files: [], packages: [] },
  app: {
    files: ["protocol/", "fresh/runtime.ts", "app loaders", "app words"],
    types: ["app stores", "mesh/mod.ts", "mesh/files/mod.ts", "mesh/recording/mod.ts"],
    // The code of a link, drawn late.
    packages: [...RENDERING, "uqr"],
  },
  islands: {
    files: ["app/", "mesh/", "fresh/runtime.ts"],
    packages: RENDERING,
  },
  // The shell of the process around signaling/: configuration, log, headers, listening, draining.
  server: {
    files: [
      "signaling/mod.ts",
      "signaling/cluster/mod.ts",
      "signaling/cluster/cluster_store.ts",
      "protocol/",
    ],
    packages: [
      "node:buffer",
      "node:crypto",
      "node:dgram",
      "node:dns/promises",
      "node:net",
      "node:path",
      "node:process",
      "node:tls",
      "node:url",
      "node:util",
      "node:zlib",
      "@opentelemetry/api",
      "@peculiar/x509",
      "@redis/client",
      "acme-client",
      "prom-client",
      "deno-std",
      "uqr",
    ],
  },
  routes: {
    files: ["app/", "islands/", "signaling/mod.ts", "server/", "protocol/", ...FRAMEWORK],
    packages: RENDERING,
  },
  fresh: {
    files: [],
    // Islands are loaded by the names the page gives, hence the computed import.
    packages: [...RENDERING, "@preact/signals-core", "preact-render-to-string", COMPUTED],
  },
  // The build-time half: production code must not import it, so the binary holds no esbuild.
  "fresh/build": {
    files: ["fresh/"],
    packages: [
      "@jridgewell/sourcemap-codec",
      "esbuild",
      "terser",
      "node:module",
      "node:path",
      "node:url",
      COMPUTED,
    ],
  },
  "": {
    files: ["routes/", "server/", "signaling/mod.ts", "protocol/", ...FRAMEWORK],
    packages: ["deno-std"],
  },
};

/** The half of `app/` that holds state, without Preact; views see only its types. */
const STORE = new RegExp(
  `^app/(${
    [
      "\\w+/mod",
      "\\w+/(?!view)\\w+_store",
      "chat/(chat|chat_entries)",
      "enter/(join_link|read_link|link_fragment|join_timing)",
      "files/(files|file_card|pace)",
      "inside/inside",
      "home/(pasted|room_names)",
      "call/(call|call_options|embedded)",
      "captions/(caption_message|caption_sender|recogniser|speech)",
      "devices/(intent|own_devices|speaking|sound_check|sound_trials|effects/effects|noise/(noise_store|noise_trial))",
      "own_picture/\\w+",
      "reserved/power_message",
      "recording/(film_chat|recording_files|tab_memory)",
      "talk/(reactions|muted_speech|silence/(microphone_trial|silence_store))",
      "trust/known_people",
      "ui/(page|preferences|key_ring|words/(mod|catalogue))",
    ].join("|")
  })\\.ts$`,
);

/** The only files of `app/` with an import(): each names what its feature loads late. */
const LOADER = /^app\/((\w+\/)*lazy|ui\/words\/late\/\w+)\.ts$/;

/** The words of each language. */
const WORDS = /^app\/ui\/words\/([a-z]{2}\/\w+|languages|plurals)\.ts$/;

/** These may import anything: they are never part of what runs. */
const FREE = /^(tests|bench|scripts)\/|^dev\.ts$/;

/** Sentences, one for each import that breaks the table; a file of no known zone breaks it too. */
export function findBreaches(sources: SourceFile[], map: Record<string, string>): string[] {
  return sources.filter(({ path }) => !FREE.test(path)).flatMap((source) => {
    const name = zoneOf(source.path);
    const zone = ZONES[name];
    if (zone === undefined) return [`${source.path}: no zone is called "${name}"`];
    return source.imports
      .filter(({ specifier, typeOnly }) =>
        !isAllowed(resolveImport(source.path, specifier, map), { name, zone, typeOnly })
      )
      .map(({ specifier, line }) =>
        `${source.path}:${line} imports "${specifier}", which ${name || "the top folder"} may not`
      );
  });
}

function zoneOf(path: string): string {
  // The module that a project's dev.ts imports.
  if (path === "fresh/dev.ts") return "fresh/build";
  if (LOADER.test(path)) return "app loaders";
  if (WORDS.test(path)) return "app words";
  if (STORE.test(path)) return "app stores";
  const folders = path.split("/").slice(0, -1);
  while (folders.length > 1 && !(folders.join("/") in ZONES)) folders.pop();
  return folders.join("/");
}

function isAllowed(
  to: Destination,
  { name, zone, typeOnly }: { name: string; zone: Zone; typeOnly: boolean },
): boolean {
  if ("package" in to) return zone.packages.includes(to.package);
  if (zoneOf(to.file) === name) return true;
  // What the build writes is the server's own to load.
  if (name === "" && to.file.startsWith("_fresh/")) return true;
  const covers = (place: string) =>
    place.endsWith("/")
      ? to.file.startsWith(place)
      : to.file === place || zoneOf(to.file) === place;
  return zone.files.some(covers) || (typeOnly && (zone.types ?? []).some(covers));
}

/** Each import() of `app/` and `islands/` that is not in a feature's lazy.ts. */
export function findHiddenLoaders(sources: SourceFile[]): string[] {
  return sources.filter(({ path }) => /^(app|islands)\//.test(path) && !LOADER.test(path))
    .flatMap(({ path, imports }) =>
      imports.filter(({ late }) => late).map(({ line }) => `${path}:${line} loads late by itself`)
    );
}

/**
 * Each import() of a page that is more than the whole of an arrow function. Where `lateImport`
 * tries a module again, it gets that module and nothing else: a function that makes something of
 * it, or of several, would be passed over.
 */
export function findComposedLoaders(sources: SourceFile[]): string[] {
  return sources.filter(({ path }) => /^(app|islands|mesh)\//.test(path)).flatMap((
    { path, text },
  ) =>
    [...text.matchAll(/import\("[^"]+"\)(.?)/g)].flatMap(({ 0: found, 1: after, index }) => {
      const before = text.slice(0, index).slice(-40).trimEnd();
      const isType = before.endsWith("typeof");
      return isType || (before.endsWith("=>") && after !== ".") ? [] : [`${path} has ${found}`];
    })
  );
}

/**
 * What other folders may import of a feature of `app/`: its state, its views, and what it loads
 * late.
 */
const DOORS = /^app\/\w+\/(mod|views|lazy)\.ts$/;
/** The doors behind which a feature is drawn. */
const VIEWS = /^app\/\w+\/(views|lazy)\.ts$/;
/** Of the engine, the entries of what every call loads, and of what comes with its first use. */
const MESH_DOORS = /^mesh\/(files\/|move\/|processing\/noise\/|recording\/|replay\/)?mod\.ts$/;

/**
 * Each import by which a file of `app/` reaches into another feature or into the engine past its
 * doors.
 */
export function findBackDoors(sources: SourceFile[], map: Record<string, string>): string[] {
  return sources.flatMap(({ path, imports }) => {
    const own = featureOf(path);
    if (own === undefined) return [];
    return imports.flatMap(({ specifier, line }) => {
      const to = resolveImport(path, specifier, map);
      if (!("file" in to) || isOpen(to.file, own)) return [];
      return [`${path}:${line} imports "${specifier}" past the doors of its folder`];
    });
  });
}

/** Each import by which the stage draws a view of another feature past the slots it is given. */
export function findForeignViews(sources: SourceFile[], map: Record<string, string>): string[] {
  return sources.filter(({ path }) => featureOf(path) === "stage").flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line }) => {
      const to = resolveImport(path, specifier, map);
      if (!("file" in to) || featureOf(to.file) === "stage" || !VIEWS.test(to.file)) return [];
      return [`${path}:${line} imports "${specifier}", which app/room/ gives it as a slot`];
    })
  );
}

function isOpen(file: string, own: string): boolean {
  if (file.startsWith("mesh/")) return MESH_DOORS.test(file);
  const feature = featureOf(file);
  if (feature === undefined || feature === own || feature === "ui") return true;
  return own !== "ui" && DOORS.test(file);
}

/** The folder of `app/` that a file is in. */
function featureOf(path: string): string | undefined {
  return /^app\/(\w+)\//.exec(path)?.[1];
}
