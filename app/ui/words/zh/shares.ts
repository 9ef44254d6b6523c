/** The Chinese words of files that are shared in blocks. */
import type * as english from "../en/shares.ts";
import type { Spoken } from "../plurals.ts";

/** Shared files. */
export const shares: Spoken<"zh-CN", typeof english.shares> = {
  later: "也提供给之后加入的人",
  noCopy: "空间不足，无法在此保留副本。重新加载此页面会中断传输。",
};
