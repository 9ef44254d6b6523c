/** What changes the sound or picture of a device, loaded if the person wants that. */

/** With the first such device. */
export const loadEffects = () => import("./effects.ts");
