/** Words about shared screens that end. */
import type * as English from "../en/screen_end.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type ScreenEndWords = AnySpoken<typeof English.screenEnd>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/screen_end.ts"),
  "zh-CN": () => import("../zh/screen_end.ts"),
  "es": () => import("../es/screen_end.ts"),
  "fr": () => import("../fr/screen_end.ts"),
  "de": () => import("../de/screen_end.ts"),
  "ja": () => import("../ja/screen_end.ts"),
  "pt-BR": () => import("../pt/screen_end.ts"),
  "ar": () => import("../ar/screen_end.ts"),
});

/** These words in the language of the others. */
export const screenEndWordsOf: LateWordsOf<typeof English.screenEnd> = (words) =>
  tables(words).screenEnd;
