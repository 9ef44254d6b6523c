/** Menus and windows of the stage; loaded after all other parts. */
import "../ui/shared.ts";
export { AllViewKeys } from "./ViewKeys.tsx";
export { TileMenu } from "./TileMenu.tsx";
