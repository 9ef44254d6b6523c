/** Menus and windows of the stage, in one module; see lazy.ts. */
import "../ui/shared.ts";
export { AllViewKeys } from "./ViewKeys.tsx";
export { TileMenu } from "./TileMenu.tsx";
