/** Menus and windows of the stage, in one module; see lazy.ts. */
export { AllViewKeys } from "./ViewKeys.tsx";
export { SoundOnlyChip, SoundOnlyScreen } from "./SoundOnly.tsx";
export { TileMenu } from "./TileMenu.tsx";
