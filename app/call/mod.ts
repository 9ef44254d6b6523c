/** One visit to a room: the stores of all features, tied together. */
export { Call, type Ending } from "./call.ts";
