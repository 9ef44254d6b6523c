/** The words about trust in people and in the program of the site. */
import type * as English from "../en/trust.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type LateWords = AnySpoken<typeof English>;

/** These words in the language of the others. */
export const lateWordsOf: LateWordsOf<typeof English> = /* @__PURE__ */ lateCatalogue<
  typeof English
>({
  "en": () => import("../en/trust.ts"),
  "zh-CN": () => import("../zh/trust.ts"),
  "es": () => import("../es/trust.ts"),
  "fr": () => import("../fr/trust.ts"),
  "de": () => import("../de/trust.ts"),
  "ja": () => import("../ja/trust.ts"),
  "pt-BR": () => import("../pt/trust.ts"),
  "ar": () => import("../ar/trust.ts"),
});
