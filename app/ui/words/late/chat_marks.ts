/** The words of what a chat has besides its lines. */
import type * as English from "../en/chat_marks.ts";
import type { AnySpoken } from "../plurals.ts";
import { lateCatalogue, type LateWordsOf } from "./late_catalogue.ts";

/** The words of one language. */
export type ChatMarkWords = AnySpoken<typeof English.chatMarks>;

const tables = /* @__PURE__ */ lateCatalogue<typeof English>({
  "en": () => import("../en/chat_marks.ts"),
  "zh-CN": () => import("../zh/chat_marks.ts"),
  "es": () => import("../es/chat_marks.ts"),
  "fr": () => import("../fr/chat_marks.ts"),
  "de": () => import("../de/chat_marks.ts"),
  "ja": () => import("../ja/chat_marks.ts"),
  "pt-BR": () => import("../pt/chat_marks.ts"),
  "ar": () => import("../ar/chat_marks.ts"),
});

/** These words in the language of the others. */
export const chatMarkWordsOf: LateWordsOf<typeof English.chatMarks> = (words) =>
  tables(words).chatMarks;
