/**
 * The catalogues, each loaded when a page speaks its language; the keys are BCP 47 tags, for `<html
 * lang>` and Intl.
 */
import type { Words } from "./en.ts";

/** Loads the words of a language. */
export const catalogues = {
  "en": async () => (await import("./en.ts")).en,
  "zh-CN": async () => (await import("./zh.ts")).zh,
} satisfies Record<string, () => Promise<Words>>;
