// What generated files import as "fresh/internal". Not for apps.

export { setBuildCache } from "./app.ts";
export { openSnapshot } from "./build_cache.ts";
