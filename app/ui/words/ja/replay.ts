/** The Japanese words for hearing what was missed. */
import type * as english from "../en/replay.ts";
import type { Spoken } from "../plurals.ts";

/** Replays of missed voices. */
export const replay: Spoken<"ja", typeof english.replay> = {
  title: "{names} さんの聞き逃した部分を再生中",
  left: { other: "約 # 秒でライブに戻ります" },
  skip: "スキップ",
};
