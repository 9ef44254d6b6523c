/** The Japanese words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"ja", typeof english.shares> = {
  later: "後から参加する人にも送る",
  noCopy:
    "コピーを残す空き容量がここにありません。このページを再読み込みすると、ファイルの転送が止まります。",
};
