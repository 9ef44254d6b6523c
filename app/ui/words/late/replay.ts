/** Words about replays. */
import type * as English from "../en/replay.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type ReplayWords = AnySpoken<typeof English.replay>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/replay.ts"),
  "zh-CN": () => import("../zh/replay.ts"),
  "es": () => import("../es/replay.ts"),
  "fr": () => import("../fr/replay.ts"),
  "de": () => import("../de/replay.ts"),
  "ja": () => import("../ja/replay.ts"),
  "pt-BR": () => import("../pt/replay.ts"),
  "ar": () => import("../ar/replay.ts"),
});

/** These words in the language of the others. */
export const replayWordsOf: LateWordsOf<typeof English.replay> = (words) => tables(words).replay;
