/** Words about links that lead nowhere. */
import type * as English from "../en/link_trouble.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type LinkTroubleWords = AnySpoken<typeof English.linkTrouble>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/link_trouble.ts"),
  "zh-CN": () => import("../zh/link_trouble.ts"),
  "es": () => import("../es/link_trouble.ts"),
  "fr": () => import("../fr/link_trouble.ts"),
  "de": () => import("../de/link_trouble.ts"),
  "ja": () => import("../ja/link_trouble.ts"),
  "pt-BR": () => import("../pt/link_trouble.ts"),
  "ar": () => import("../ar/link_trouble.ts"),
});

/** These words in the language of the others. */
export const linkTroubleOf: LateWordsOf<typeof English.linkTrouble> = (words) =>
  tables(words).linkTrouble;
