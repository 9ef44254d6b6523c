/** What the settings of a room show of its doorbell. */
export { DoorbellSwitch } from "./DoorbellSwitch.tsx";
