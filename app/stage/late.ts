/** Menus and windows of the stage, as one module to load; see lazy.ts. */
import "../ui/shared.ts";
export { AllViewKeys } from "./ViewKeys.tsx";
export { TileMenu } from "./TileMenu.tsx";
