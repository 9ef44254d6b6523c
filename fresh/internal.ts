/** The module "fresh/internal" for generated files. Apps must not import it. */

export { setBuildCache } from "./app.ts";
