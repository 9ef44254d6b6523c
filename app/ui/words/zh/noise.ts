/** The Chinese words for the removal of noise beyond the browser's. */
import type * as english from "../en/noise.ts";
import type { Spoken } from "../plurals.ts";

/** Noise removal. */
export const noise: Spoken<"zh-CN", typeof english.noise> = {
  more: "消除更多噪声",
  moreWhy: "包括键盘、风扇和车流声。会占用更多处理器。",
  replaced: "消除更多噪声时不需要此项。",
  compare: "试听区别",
  records: "请说几句话…",
  compares: "这就是你的声音",
  stop: "停止",
  without: "有噪声",
  with: "无噪声",
  failed: "在这里无法试听。",
  givenUp: "现在降噪效果减弱",
  strained: "此设备太忙，无法进一步降噪。",
  impossible: "此浏览器无法对这个麦克风进一步降噪。",
  again: "重试",
};
