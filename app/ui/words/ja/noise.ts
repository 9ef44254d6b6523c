/** The Japanese words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"ja", typeof english.noise> = {
  more: "さらに雑音を除去",
  moreWhy: "キーボード、ファン、車の音も対象です。処理能力をより多く使います。",
  replaced: "さらに雑音を除去している間は不要です。",
  compare: "違いを聞く",
  records: "何か話してください…",
  compares: "このように聞こえます",
  stop: "停止",
  without: "雑音あり",
  with: "雑音なし",
  failed: "ここではうまくいきませんでした。",
  givenUp: "雑音の除去を弱めました",
  strained: "この端末の負荷が高く、これ以上はできません。",
  impossible: "このブラウザーはこのマイクでこれ以上できません。",
  again: "再試行",
};
