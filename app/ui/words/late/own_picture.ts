/** Words about the own picture. */
import type * as English from "../en/own_picture.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type OwnPictureWords = AnySpoken<typeof English.picture>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/own_picture.ts"),
  "zh-CN": () => import("../zh/own_picture.ts"),
  "es": () => import("../es/own_picture.ts"),
  "fr": () => import("../fr/own_picture.ts"),
  "de": () => import("../de/own_picture.ts"),
  "ja": () => import("../ja/own_picture.ts"),
  "pt-BR": () => import("../pt/own_picture.ts"),
  "ar": () => import("../ar/own_picture.ts"),
});

/** These words in the language of the others. */
export const ownPictureWordsOf: LateWordsOf<typeof English.picture> = (words) =>
  tables(words).picture;
