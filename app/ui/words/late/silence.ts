/** Words about a microphone that gives nothing. */
import type * as English from "../en/silence.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type SilenceWords = AnySpoken<typeof English.silence>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/silence.ts"),
  "zh-CN": () => import("../zh/silence.ts"),
  "es": () => import("../es/silence.ts"),
  "fr": () => import("../fr/silence.ts"),
  "de": () => import("../de/silence.ts"),
  "ja": () => import("../ja/silence.ts"),
  "pt-BR": () => import("../pt/silence.ts"),
  "ar": () => import("../ar/silence.ts"),
});

/** These words in the language of the others. */
export const silenceWordsOf: LateWordsOf<typeof English.silence> = (words) => tables(words).silence;
