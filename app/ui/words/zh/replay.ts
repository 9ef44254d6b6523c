/** The Chinese words for hearing what was missed. */
import type * as english from "./en_replay.ts";

/** Replays of missed voices. */
export const replay: typeof english.replay = {
  title: "正在播放你错过的{names}的发言",
  left: { one: "约 # 秒后恢复实时", other: "约 # 秒后恢复实时" },
  skip: "跳过",
};
