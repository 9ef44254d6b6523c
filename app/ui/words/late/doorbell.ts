/** The words of doorbells. */
import type * as English from "../en/doorbell.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type DoorbellWords = AnySpoken<typeof English.doorbell>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/doorbell.ts"),
  "zh-CN": () => import("../zh/doorbell.ts"),
  "es": () => import("../es/doorbell.ts"),
  "fr": () => import("../fr/doorbell.ts"),
  "de": () => import("../de/doorbell.ts"),
  "ja": () => import("../ja/doorbell.ts"),
  "pt-BR": () => import("../pt/doorbell.ts"),
  "ar": () => import("../ar/doorbell.ts"),
});

/** These words in the language of the others. */
export const doorbellWordsOf: LateWordsOf<typeof English.doorbell> = (words) =>
  tables(words).doorbell;
