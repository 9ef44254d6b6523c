/** The words of shared files. */
import type * as English from "../en/shares.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type ShareWords = AnySpoken<typeof English.shares>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/shares.ts"),
  "zh-CN": () => import("../zh/shares.ts"),
  "es": () => import("../es/shares.ts"),
  "fr": () => import("../fr/shares.ts"),
  "de": () => import("../de/shares.ts"),
  "ja": () => import("../ja/shares.ts"),
  "pt-BR": () => import("../pt/shares.ts"),
  "ar": () => import("../ar/shares.ts"),
});

/** These words in the language of the others. */
export const shareWordsOf: LateWordsOf<typeof English.shares> = (words) => tables(words).shares;
