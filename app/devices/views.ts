/** What other features draw of devices and their troubles. */
export { DeviceMenu, type DeviceMenuProps } from "./DeviceMenu.tsx";
export { loadNoiseExtra } from "./noise/notice/lazy.ts";
export { DevicePicker } from "./DevicePicker.tsx";
export { FlipKey, FlipRow } from "./FlipKey.tsx";
export { LevelMeter } from "./LevelMeter.tsx";
export { Preview } from "./Preview.tsx";
export { CameraKey, MicrophoneKey, type SourceKeyProps } from "./SourceKeys.tsx";
export { deviceChanges } from "./device_changes.ts";
export { useReturns } from "./device_returns.ts";
export { insteadWords, returnWords } from "./device_words.ts";
export type { Trying } from "./sound_trials.ts";
export { explain, type Trouble } from "./trouble.ts";
export { useDeviceNews } from "./use_device_news.ts";
export { type SoundTrial, useSoundCheck } from "./use_sound_check.ts";
