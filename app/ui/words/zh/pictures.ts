/** The Chinese words for how large the pictures of others are received. */
import type * as english from "../en/pictures.ts";
import type { Spoken } from "../plurals.ts";

/** What a person receives. */
export const pictures: Spoken<"zh-CN", typeof english.pictures> = {
  title: "你接收的视频",
  titleFrom: "来自{name}的视频",
  choices: { auto: "自动", large: "大", small: "小", sound: "仅声音" },
  notes: {
    auto: "按显示大小接收",
    large: "始终接收原始大小，流量更多",
    small: "摄像头画面保持较小，共享屏幕保持清晰",
    sound: "不接收任何摄像头画面和共享屏幕",
  },
  soundFrom: "不接收其摄像头画面和共享屏幕",
  stubborn: "{name}的页面总是发送全部画面，你只能将其隐藏。",
  soundOnly: "仅声音",
  soundOnlyLine: "你选择了仅声音，因此不接收此屏幕。",
  hidden: "已隐藏",
  show: "显示来自{name}的视频",
  showShort: "显示视频",
};
