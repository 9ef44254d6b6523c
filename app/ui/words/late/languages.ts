/** The catalogues, each loaded when a page speaks its language. */
import type { Words } from "../en/mod.ts";
import type { Language } from "../languages.ts";

/** Loads the words of a language. */
export const catalogues: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  "en": () => import("../en/mod.ts"),
  "zh-CN": () => import("../zh/mod.ts"),
  "es": () => import("../es/mod.ts"),
  "fr": () => import("../fr/mod.ts"),
  "de": () => import("../de/mod.ts"),
  "ja": () => import("../ja/mod.ts"),
  "pt-BR": () => import("../pt/mod.ts"),
  "ar": () => import("../ar/mod.ts"),
};
