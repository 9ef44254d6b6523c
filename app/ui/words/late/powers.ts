/** The words of what owners do to one person. */
import type * as English from "../en/powers.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type PowerWords = AnySpoken<typeof English.powers>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/powers.ts"),
  "zh-CN": () => import("../zh/powers.ts"),
  "es": () => import("../es/powers.ts"),
  "fr": () => import("../fr/powers.ts"),
  "de": () => import("../de/powers.ts"),
  "ja": () => import("../ja/powers.ts"),
  "pt-BR": () => import("../pt/powers.ts"),
  "ar": () => import("../ar/powers.ts"),
});

/** These words in the language of the others. */
export const powerWordsOf: LateWordsOf<typeof English.powers> = (words) => tables(words).powers;
