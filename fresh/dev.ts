// What `dev.ts` imports as "fresh/dev". Not for the server: it brings esbuild.

export { Builder, type BuilderOptions } from "./build/builder.ts";
