/** The words of recordings. */
import type * as English from "../en/recording.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type RecordingWords = AnySpoken<typeof English.recording>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/recording.ts"),
  "zh-CN": () => import("../zh/recording.ts"),
  "es": () => import("../es/recording.ts"),
  "fr": () => import("../fr/recording.ts"),
  "de": () => import("../de/recording.ts"),
  "ja": () => import("../ja/recording.ts"),
  "pt-BR": () => import("../pt/recording.ts"),
  "ar": () => import("../ar/recording.ts"),
});

/** These words in the language of the others. */
export const recordingWordsOf: LateWordsOf<typeof English.recording> = (words) =>
  tables(words).recording;
