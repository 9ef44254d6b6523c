/** The Chinese words of files that are shared in blocks. */
import type * as english from "./en_shares.ts";

/** Shared files. */
export const shares: typeof english.shares = {
  later: "也提供给之后加入的人",
  noCopy: "空间不足，无法在此保留副本。重新加载此页面会中断传输。",
};
