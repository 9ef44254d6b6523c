/** Words about received pictures. */
import type * as English from "../en/pictures.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type PictureWords = AnySpoken<typeof English.pictures>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/pictures.ts"),
  "zh-CN": () => import("../zh/pictures.ts"),
  "es": () => import("../es/pictures.ts"),
  "fr": () => import("../fr/pictures.ts"),
  "de": () => import("../de/pictures.ts"),
  "ja": () => import("../ja/pictures.ts"),
  "pt-BR": () => import("../pt/pictures.ts"),
  "ar": () => import("../ar/pictures.ts"),
});

/** These words in the language of the others. */
export const pictureWordsOf: LateWordsOf<typeof English.pictures> = (words) =>
  tables(words).pictures;
