/** What the keys of the bar open, loaded with the first press. */
import { useModule } from "../../ui/use_module.ts";

/** Loads the menus once one is `wanted`. */
export function useMenus(wanted: boolean): typeof import("./all.ts") | undefined {
  return useModule(() => import("./all.ts"), wanted);
}
