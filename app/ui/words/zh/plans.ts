/** The Chinese words of planned rooms. */
import type * as english from "../en/plans.ts";
import type { Spoken } from "../plurals.ts";

/** Planned rooms and own rooms, on the home page. */
export const plans: Spoken<"zh-CN", typeof english.plans> = {
  title: "已计划",
  plan: "计划房间",
  none: "此浏览器中没有计划。",
  own: "你的房间",
  room: "房间",
  when: "日期和时间",
  length: "时长",
  minutes: "{count} 分钟",
  here: "计划只保存在此浏览器中，时间以此设备为准。",
  trouble: {
    room: "房间名可用 1 到 64 个字母、数字和连字符。",
    when: "请选择尚未结束的时间。",
  },
  cancel: "取消",
  save: "保存计划",
  join: "加入",
  forget: "删除「{room}」的计划",
  calendar: "添加到日历",
  calendarOf: "将「{room}」添加到日历",
  download: "下载日历文件",
  event: "「{room}」通话",
  withSecret: "把完整链接写入日历",
  secretOut: "否则日历中只有房间地址，可在此浏览器中打开。",
  secretIn: "房间密钥会写入日历：能看到此日程的人以及日历服务商都能加入房间并读取内容。",
};
