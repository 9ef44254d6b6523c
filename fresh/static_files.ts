// Invariants
// 1. Only paths in the build's table are served, so no path a client makes up reaches the disk.
// 2. What is called immutable never changes under its URL.

import { buildOf, type StaticFile } from "./build_cache.ts";
import { BUILD_PARAMETER } from "./runtime.ts";
import type { Middleware } from "./types.ts";

const TYPES: Record<string, string> = {
  avif: "image/avif",
  css: "text/css; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  mjs: "text/javascript; charset=utf-8",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  wav: "audio/wav",
  webm: "video/webm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff2: "font/woff2",
  xml: "application/xml",
};

/** Serves the files of `static/` and of the build to GET and HEAD. */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const build = buildOf(config);
    const found = build && findFile(build.staticFiles, url.pathname, config.basePath);
    if (!found || (req.method !== "GET" && req.method !== "HEAD")) return await ctx.next();
    const version = url.searchParams.get(BUILD_PARAMETER);
    const immutable = found.immutable || (version !== null && version === build.staticBuild);
    const headers = new Headers({
      "content-type": TYPES[extensionOf(found.file)] ?? "application/octet-stream",
      "cache-control": immutable
        ? "public, max-age=31536000, immutable"
        : "public, max-age=0, must-revalidate",
      etag: `"${found.hash}"`,
    });
    if (matches(req.headers.get("if-none-match"), found.hash)) {
      return new Response(null, { status: 304, headers });
    }
    const body = req.method === "HEAD" ? null : await readFile(build.root, found.file);
    return body === undefined ? await ctx.next() : new Response(body, { headers });
  };
}

function findFile(
  files: Record<string, StaticFile>,
  pathname: string,
  basePath: string,
): StaticFile | undefined {
  if (!pathname.startsWith(basePath)) return undefined;
  try {
    const path = decodeURIComponent(pathname.slice(basePath.length));
    return Object.hasOwn(files, path) ? files[path] : undefined;
  } catch {
    return undefined; // A malformed escape names no file.
  }
}

/** The file's bytes, or undefined when it went away after the build. */
async function readFile(
  root: string,
  file: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const path = file.split("/").map(encodeURIComponent).join("/");
  try {
    return await Deno.readFile(new URL(path, root));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Deno weakens the tag when it compresses, so weak and strong ones are the same here. */
function matches(ifNoneMatch: string | null, hash: string): boolean {
  if (ifNoneMatch === null) return false;
  const tags = ifNoneMatch.split(",").map((tag) => tag.trim());
  return tags.some((tag) => tag === "*" || tag.replace(/^W\//, "") === `"${hash}"`);
}

function extensionOf(file: string): string {
  return /\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
}
