/** What the devices' views load late. */

/** The explanation of a failed device. */
export const loadTrouble = () => import("./trouble.ts");

/** Sentences that most calls never need. */
export const loadDeviceWords = () => import("./device_words.ts");
