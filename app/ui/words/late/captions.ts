/** The words of captions. */
import type * as English from "../en/captions.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type CaptionWords = AnySpoken<typeof English.captions>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/captions.ts"),
  "zh-CN": () => import("../zh/captions.ts"),
  "es": () => import("../es/captions.ts"),
  "fr": () => import("../fr/captions.ts"),
  "de": () => import("../de/captions.ts"),
  "ja": () => import("../ja/captions.ts"),
  "pt-BR": () => import("../pt/captions.ts"),
  "ar": () => import("../ar/captions.ts"),
});

/** These words in the language of the others. */
export const captionWordsOf: LateWordsOf<typeof English.captions> = (words) =>
  tables(words).captions;
