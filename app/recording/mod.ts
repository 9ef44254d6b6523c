/** The recordings of one visit. */
export type { RecordingStore } from "./recording_store.ts";
