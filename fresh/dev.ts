/** The module "fresh/dev" for `dev.ts`. The server must not import it: it loads esbuild. */

export { Builder, type BuilderOptions } from "./build/builder.ts";
