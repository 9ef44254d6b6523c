/** The menus of the bar, in one module; see lazy.ts. */
export { DeviceMenu } from "../../devices/views.ts";
export { MoreMenu } from "./MoreMenu.tsx";
