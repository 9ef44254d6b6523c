/** What the devices' views load late. */

/** The explanation of a failed device. */
export const loadTrouble = () => import("./trouble.ts");

/** Sentences that most calls never need. */
export const loadDeviceWords = () => import("./device_words.ts");

/** Why there is no picture on the page before joining, and what to do about it. */
export const loadPreviewTrouble = () => import("./PreviewTrouble.tsx");

/** With the first try of a microphone or speaker. */
export const loadSoundTrials = () => import("./sound_trials.ts");

/** The key to what can be done to the own picture, on the page before joining. */
export const loadPictureKey = () => import("./PictureKey.tsx");
