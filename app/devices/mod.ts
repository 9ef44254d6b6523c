/** The person's own devices, and who speaks. */
export { IntentMemory, isBrowserBack, tabStorage, type Wish } from "./intent.ts";
export { type MediaSource, MediaStore } from "./media_store.ts";
export { OwnDevices } from "./own_devices.ts";
export { type After, SpeakingWatch, type WatchLevel } from "./speaking.ts";
