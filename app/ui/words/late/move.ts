/** The words of moving the call. */
import type * as English from "../en/move.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type MoveWords = AnySpoken<typeof English.move>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/move.ts"),
  "zh-CN": () => import("../zh/move.ts"),
  "es": () => import("../es/move.ts"),
  "fr": () => import("../fr/move.ts"),
  "de": () => import("../de/move.ts"),
  "ja": () => import("../ja/move.ts"),
  "pt-BR": () => import("../pt/move.ts"),
  "ar": () => import("../ar/move.ts"),
});

/** These words in the language of the others. */
export const moveWordsOf: LateWordsOf<typeof English.move> = (words) => tables(words).move;
