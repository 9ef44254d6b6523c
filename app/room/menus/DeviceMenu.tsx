import type { JSX } from "preact";
import type { DeviceMenuProps } from "../../devices/views.ts";
import { useMenus } from "./lazy.ts";

/** Choosing devices from the bar; loaded with the first press. */
export function DeviceMenu(props: DeviceMenuProps): JSX.Element | null {
  const menus = useMenus(true);
  return menus ? <menus.DeviceMenu {...props} /> : null;
}
