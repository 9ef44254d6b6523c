/** What the devices' views load late. */

/** Sentences that most calls never show. */
export const loadDeviceWords = () => import("./device_words.ts");
