/** What the room loads late. */
import { lateImport } from "../../mesh/mod.ts";
import { loadLateSheet } from "../ui/late_sheet.ts";
import { useModule } from "../ui/use_module.ts";

/** Everything in a room that is not needed for the first pictures. */
export type LateRoom = typeof import("./late.ts");

/** Loads it once it is `wanted`. */
export function useLateRoom(wanted: boolean): LateRoom | undefined {
  return useModule(loadLateRoom, wanted);
}

async function loadLateRoom(): Promise<LateRoom> {
  const [late] = await Promise.all([
    lateImport(() => import("./late.ts")),
    loadLateSheet(),
  ]);
  return late;
}
