/** One visit to a room: the stores of all features, tied together. */
export { Call } from "./call.ts";
export type { Ending, Session } from "./call_options.ts";
