/** Menus and windows of the stage, as one module to load; see lazy.ts. */
export { AllViewKeys } from "./ViewKeys.tsx";
export { TileMenu } from "./TileMenu.tsx";
