/** The parts of a call that are loaded with their first use; each feature's own lazy.ts has it. */
import type { ExtraLoaders } from "../../extras/views.ts";
import { loadRecording } from "../../recording/lazy.ts";

/** The extras of every call, by name. */
export const extraLoaders: ExtraLoaders = {
  recording: loadRecording,
};
