/** What the room draws of the extras, how it and other features open them, and what they are. */
export { ExtraPills, ExtraTiles, LastLines } from "./ExtraViews.tsx";
export type { Extra, ExtraEvent, ExtraLoaders, ExtraModule } from "./extra.ts";
export { extrasOf, rememberExtra, wantExtra } from "./extras.ts";
