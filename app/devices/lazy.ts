/** What the devices' views load late. */

/** Why a device does not start. */
export const loadTrouble = () => import("./trouble.ts");

/** Sentences that most calls never show. */
export const loadDeviceWords = () => import("./device_words.ts");
