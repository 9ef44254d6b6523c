/** The Chinese words about links to sealed rooms that lead nowhere. */
import type * as english from "../en/link_trouble.ts";
import type { Spoken } from "../plurals.ts";

/** Links to sealed rooms that lead nowhere. */
export const linkTrouble: Spoken<"zh-CN", typeof english.linkTrouble> = {
  sealed: "此链接不完整",
  sealedLead: "缺少 # 之后的部分。请向邀请你的人索要完整链接。",
  unsealed: "此名称现在属于另一个房间",
  unsealedLead: "它不是用你的链接打开的，里面的人都未经验证。",
  newRoom: "新建房间",
  linkChanged: "此房间的链接已更改",
  linkChangedLead: "请向房间里的人索要新链接。",
  cutLead: "# 之后的部分不完整。请向邀请你的人索要完整链接。",
  insecure: "此链接需要安全页面",
  insecureLead: "带 # 的链接只能通过 https 使用。请把开头的 http:// 换成 https:// 再打开。",
};
