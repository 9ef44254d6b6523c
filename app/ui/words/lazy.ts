/** The catalogues, each loaded when a page speaks its language. */
import type { Words } from "./en/mod.ts";
import type { Language } from "./languages.ts";

/** Loads the words of a language. */
export const catalogues: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  "en": () => import("./en/mod.ts"),
  "zh-CN": () => import("./zh/mod.ts"),
};
