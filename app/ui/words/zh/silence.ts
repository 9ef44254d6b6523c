/** The Chinese words for a microphone that is on and gives nothing. */
import type * as english from "../en/silence.ts";
import type { Spoken } from "../plurals.ts";

/** A microphone that is on and gives nothing. */
export const silence: Spoken<"zh-CN", typeof english.silence> = {
  title: "其他人听不到你的声音",
  unnamed: "你的麦克风",
  muted: "{label}被设备上的按键或系统静音了。请在那里取消静音，或在麦克风菜单中选择另一个。",
  dead: "{label}没有任何声音。请检查静音键和插头，或在麦克风菜单中选择另一个。",
  elsewhere: "{other}能听到你。",
  use: "改用它",
};
