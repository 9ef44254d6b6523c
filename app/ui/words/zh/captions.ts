/** The Chinese words of captions. */
import type * as english from "../en/captions.ts";
import type { Spoken } from "../plurals.ts";

/** Captions of what people say. */
export const captions: Spoken<"zh-CN", typeof english.captions> = {
  asks: "{name}想看字幕",
  asksLine: "你的浏览器可以把你说的话写成文字，声音不会离开此设备。",
  yes: "写字幕",
  no: "不用",
  show: "显示字幕",
  showNote: "请大家把自己说的话写成字幕。声音不会发给任何服务。",
  write: "把我说的话写成字幕",
  writeNote: "发给想看字幕的人，声音不会离开此设备。",
  absentHere: "此浏览器无法在本设备上识别语音。",
  language: "我说的语言",
  others: "谁在写字幕",
  own: {
    off: "你静音时，或没有人要看字幕时，不会写任何文字。",
    preparing: "正在准备…",
    downloading: "正在下载语言包，可能需要几分钟。",
    on: "正在把你说的话写成字幕。",
    waiting: "语音识别中断，正在重试…",
    language: "此浏览器无法在本设备上识别这种语言，请换一种。",
    download: "语言包下载失败。请检查网络后重新选择。",
    refused: "浏览器不允许在这里识别语音。",
  },
  writers: {
    silent: "还没有回应",
    absent: "的浏览器无法写字幕",
    asked: "已收到请求",
    declined: "不想写字幕",
    preparing: "正在准备",
    on: "正在写字幕",
    waiting: "暂时中断",
    failed: "现在无法写字幕",
  },
  transcript: "文字记录",
  transcriptOf: "{product} · {room} · 文字记录",
  empty: "显示字幕期间说的话会出现在这里。",
  saveText: "保存为文本",
  saveVtt: "保存为 WebVTT",
  clear: "清空",
};
