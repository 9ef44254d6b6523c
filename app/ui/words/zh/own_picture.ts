/** The Chinese words for turning the own picture and blurring what is behind the person. */
import type * as english from "../en/own_picture.ts";
import type { Spoken } from "../plurals.ts";

/** The own picture. */
export const picture: Spoken<"zh-CN", typeof english.picture> = {
  title: "你的画面",
  turn: "旋转 90°",
  turned: "已旋转 {degrees}°。",
  straight: "未旋转。",
  background: "你的背景",
  blur: { off: "可见", light: "轻度模糊", strong: "高度模糊" },
  blurNote: "发送之前，由你自己的设备进行模糊处理，会更耗电。",
  turnBroken: "你的画面无法再旋转",
  stopped: {
    strained: "这台设备太慢，无法模糊你的背景",
    broken: "你的背景无法再模糊",
  },
  stoppedLine: "你的摄像头已关闭，没有人能看到背景。",
  again: "重试",
  show: "显示我的背景",
};
