/** The Chinese words of doorbells. */
import type * as english from "../en/doorbell.ts";
import type { Spoken } from "../plurals.ts";

/** Notices to owners about who comes. */
export const doorbell: Spoken<"zh-CN", typeof english.doorbell> = {
  label: "在此浏览器接收门铃",
  note: "房主不在时，有人敲门或进入空房间就会收到通知。",
  absent: {
    insecure: "只有通过 https 打开的页面才能接收通知。",
    browser: "此浏览器无法接收通知。使用 iPhone 时，请先将 Parley 添加到主屏幕。",
    setting: "服务器管理员已关闭通知。",
    "no-state": "此服务器无法保存数据，因此不能发送通知。",
    unreachable: "服务器没有响应通知设置，请刷新页面重试。",
  },
  trouble: {
    denied: "浏览器不允许此网站发送通知，请在浏览器的网站设置中允许。",
    failed: "无法更改通知设置，请重试。",
  },
  notice: {
    knock: "有人在敲「{room}」的门",
    knockOf: "{name} 在敲「{room}」的门",
    knockLine: "房主都不在。",
    entered: "有人进入了「{room}」",
    enteredOf: "{name} 进入了「{room}」",
    enteredLine: "房主都不在。",
    letIn: "允许进入",
    gone: "对方已不在「{room}」门外等候，或房间已满",
    failed: "未能让对方进入「{room}」，请打开房间后重试",
  },
};
