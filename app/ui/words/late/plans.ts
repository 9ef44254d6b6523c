/** The words of planned rooms. */
import type * as English from "../en/plans.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type PlanWords = AnySpoken<typeof English.plans>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/plans.ts"),
  "zh-CN": () => import("../zh/plans.ts"),
  "es": () => import("../es/plans.ts"),
  "fr": () => import("../fr/plans.ts"),
  "de": () => import("../de/plans.ts"),
  "ja": () => import("../ja/plans.ts"),
  "pt-BR": () => import("../pt/plans.ts"),
  "ar": () => import("../ar/plans.ts"),
});

/** These words in the language of the others. */
export const planWordsOf: LateWordsOf<typeof English.plans> = (words) => tables(words).plans;
