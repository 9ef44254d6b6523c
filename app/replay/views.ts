/** What the room needs of replays. */
export { useReplay } from "./use_replay.ts";
