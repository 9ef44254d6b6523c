/** Words about the removal of noise. */
import type * as English from "../en/noise.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type NoiseWords = AnySpoken<typeof English.noise>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/noise.ts"),
  "zh-CN": () => import("../zh/noise.ts"),
  "es": () => import("../es/noise.ts"),
  "fr": () => import("../fr/noise.ts"),
  "de": () => import("../de/noise.ts"),
  "ja": () => import("../ja/noise.ts"),
  "pt-BR": () => import("../pt/noise.ts"),
  "ar": () => import("../ar/noise.ts"),
});

/** These words in the language of the others. */
export const noiseWordsOf: LateWordsOf<typeof English.noise> = (words) => tables(words).noise;
