/** What the settings of a room show of its doorbell. */
export { LateSwitch } from "./LateSwitch.tsx";
