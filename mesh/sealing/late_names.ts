/**
 * Loads names.ts when a page before joining needs it: with what the room needs later, because each
 * further entry of the build moves shared code to every page.
 */
import { lateImport } from "../late_import.ts";
import type { openNames as open } from "./names.ts";

/** As in names.ts. */
export const openNames: typeof open = async (...given) => {
  const late = await lateImport(() => import("./sealed_extras.ts"));
  return await late.openNames(...given);
};
