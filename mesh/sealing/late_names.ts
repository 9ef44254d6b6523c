/** Loads names.ts when a page shows who is in a sealed room before one joins it. */
import { lateImport } from "../late_import.ts";
import type { openNames as open } from "./names.ts";

/** As in names.ts. */
export const openNames: typeof open = async (...given) => {
  const late = await lateImport(() => import("./names.ts"));
  return await late.openNames(...given);
};
