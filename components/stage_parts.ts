/** Menus and windows of the stage; loaded when the first of them is opened. */
import "./shared.ts";
export { AllViewKeys } from "./ViewKeys.tsx";
export { TileMenu } from "./TileMenu.tsx";
