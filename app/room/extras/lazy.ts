/** The parts of a call that are loaded with their first use; each feature's own lazy.ts has it. */
import { loadCaptions } from "../../captions/lazy.ts";
import { loadChatExtra } from "../../chat/views.ts";
import { loadNoiseExtra } from "../../devices/views.ts";
import type { ExtraLoaders } from "../../extras/views.ts";
import { lateImport } from "../../../mesh/mod.ts";
import { loadMove } from "../../move/lazy.ts";
import { loadPictureExtra } from "../../picture/lazy.ts";
import { loadRecording } from "../../recording/lazy.ts";
import { loadPowers } from "../../reserved/lazy.ts";
import { loadReplay } from "../../replay/lazy.ts";
import { loadShares } from "../../shares/lazy.ts";
import { loadSounds } from "../../sounds/lazy.ts";
import { loadLateWords } from "../../ui/words/late/late_catalogue.ts";

const loaders: ExtraLoaders = {
  captions: loadCaptions,
  move: loadMove,
  chat: loadChatExtra,
  files: () => lateImport(loadShares),
  noise: () => lateImport(loadNoiseExtra),
  picture: () => lateImport(loadPictureExtra),
  powers: loadPowers,
  recording: loadRecording,
  replay: loadReplay,
  sounds: () => lateImport(loadSounds),
};

/** The extras of every call, by name; each comes with its words. */
export const extraLoaders: ExtraLoaders = Object.fromEntries(
  Object.entries(loaders).map(([name, load]) => [name, async () => {
    const module = await load();
    await loadLateWords(lateImport);
    return module;
  }]),
);
