/** The parts of a call that are loaded with their first use; each feature's own lazy.ts has it. */
import { loadCaptions } from "../../captions/lazy.ts";
import { loadNoiseExtra } from "../../devices/views.ts";
import type { ExtraLoaders } from "../../extras/views.ts";
import { lateImport } from "../../../mesh/mod.ts";
import { loadPictureExtra } from "../../picture/lazy.ts";
import { loadRecording } from "../../recording/lazy.ts";
import { loadReplay } from "../../replay/lazy.ts";
import { loadShares } from "../../shares/lazy.ts";
import { loadSounds } from "../../sounds/lazy.ts";

/** The extras of every call, by name. */
export const extraLoaders: ExtraLoaders = {
  captions: loadCaptions,
  files: () => lateImport(loadShares),
  noise: () => lateImport(loadNoiseExtra),
  picture: () => lateImport(loadPictureExtra),
  recording: loadRecording,
  replay: loadReplay,
  sounds: () => lateImport(loadSounds),
};
