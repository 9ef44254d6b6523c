/** The recordings of one visit. */
export type { OpenRecordings, RecordingStore } from "./recording_store.ts";
