/**
 * Loads names.ts when a page shows who is in a sealed room before one joins it. It comes with what
 * else such a room loads late: a file of its own would take apart those that every room loads.
 */
import { lateImport } from "../late_import.ts";
import type { openNames as open } from "./names.ts";

/** As in names.ts. */
export const openNames: typeof open = async (...given) => {
  const late = await lateImport(() => import("./sealed_extras.ts"));
  return await late.openNames(...given);
};
