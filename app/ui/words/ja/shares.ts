/** The Japanese words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"ja", typeof english.shares> = {
  later: "後から来る人にも送る",
  noCopy: "ここには控えを置く空き容量がありません。ページを再読み込みするとファイルは止まります。",
};
