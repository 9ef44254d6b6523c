/** Hearing what was missed while a link was cut. */
export { type Arriving, type Hole, HoleWatch } from "./hole_watch.ts";
export { giveVoice } from "./voice_giver.ts";
export { ReplayPlayer } from "./replay_player.ts";
export { ReplayQueue } from "./replay_queue.ts";
export { VoiceRecorder } from "./voice_recorder.ts";
export { keptMs, VoiceRing } from "./voice_ring.ts";
