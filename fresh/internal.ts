// What generated files import. Not for apps.

export { setBuildCache } from "./app.ts";
export { openSnapshot } from "./build_cache.ts";
