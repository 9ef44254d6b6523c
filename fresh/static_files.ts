/**
 * Serves the static files of a build.
 * Invariants:
 * 1 Only paths in the build's table are served, so no other path from a client reaches the disk.
 * 2 A response marked immutable never changes under its URL.
 */
import { builds, type StaticFile } from "./build_cache.ts";
import { buildParameter } from "./runtime.ts";
import type { Middleware } from "./types.ts";

const contentTypes: Record<string, string> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wav: "audio/wav",
  webm: "video/webm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff2: "font/woff2",
};

/** A middleware that serves the files of `static/` and of the build to GET and HEAD. */
export function staticFiles<State>(): Middleware<State> {
  return async (ctx) => {
    const { req, url, config } = ctx;
    const build = builds.get(config);
    const found = build && findFile(build.staticFiles, url.pathname, config.basePath);
    if (!found || (req.method !== "GET" && req.method !== "HEAD")) return await ctx.next();
    const version = url.searchParams.get(buildParameter);
    const immutable = found.immutable || (version !== null && version === build.staticBuild);
    const headers = new Headers({
      "content-type": contentTypes[extensionOf(found.file)] ?? "application/octet-stream",
      "cache-control": immutable
        ? "public, max-age=31536000, immutable"
        : "public, max-age=0, must-revalidate",
      etag: `"${found.hash}"`,
    });
    // Deno weakens the tag if it compresses the body, so weak and strong tags compare as equal.
    const known = req.headers.get("if-none-match") ?? "";
    if (known === "*" || known.includes(`"${found.hash}"`)) {
      return new Response(null, { status: 304, headers });
    }
    if (req.method === "HEAD") return new Response(null, { headers });
    const path = found.file.split("/").map(encodeURIComponent).join("/");
    return new Response(await Deno.readFile(new URL(path, build.root)), { headers });
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
    return files[path];
  } catch {
    return undefined; // A malformed escape names no file.
  }
}

function extensionOf(file: string): string {
  return /\.([^./]+)$/.exec(file)?.[1]?.toLowerCase() ?? "";
}
