/** The Chinese words about shared screens that end. */
import type * as english from "../en/screen_end.ts";
import type { Spoken } from "../plurals.ts";

/** Shared screens that end: a heading and a line for each cause. */
export const screenEnd: Spoken<"zh-CN", typeof english.screenEnd> = {
  others: {
    stopped: ["{name}已停止共享", "共享的屏幕已关闭。"],
    frozen: ["{name}的屏幕画面已停住", "正在恢复与{name}的连接。"],
    unlinked: ["暂时看不到{name}的屏幕", "连接已断开，恢复后屏幕会重新出现。"],
    reserved: ["{name}的屏幕已隐藏", "现在只有房主可以共享屏幕。"],
    left: ["{name}的屏幕已关闭", "{name}已不在房间里。"],
  },
  own: {
    browser: ["你的屏幕已不再共享", "浏览器停止了共享，或共享的内容已关闭。"],
    owners: ["你的屏幕已不再共享", "现在只有房主可以共享屏幕。"],
  },
};
