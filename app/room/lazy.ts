/** What the room loads late. */
import { loadLateSheet } from "../ui/late_sheet.ts";
import { useModule } from "../ui/use_module.ts";

/** Everything in a room that is not needed for the first pictures. */
export type LateRoom = typeof import("./late.ts");
/** What the bar's keys open. */
export type Menus = typeof import("./menus.ts");

/** Loads it once it is `wanted`. */
export function useLateRoom(wanted: boolean): LateRoom | undefined {
  return useModule(() => withSheet(import("./late.ts")), wanted);
}

/** Loads them once they are `wanted`. */
export function useMenus(wanted: boolean): Menus | undefined {
  return useModule(() => withSheet(import("./menus.ts")), wanted);
}

async function withSheet<Module>(loading: Promise<Module>): Promise<Module> {
  const [module] = await Promise.all([loading, loadLateSheet()]);
  return module;
}
