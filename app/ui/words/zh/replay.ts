/** The Chinese words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"zh-CN", typeof english.replay> = {
  title: "正在播放你错过的{names}的发言",
  left: { other: "约 # 秒后恢复实时" },
  skip: "跳过",
};
