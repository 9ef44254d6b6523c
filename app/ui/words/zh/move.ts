/** The Chinese words of moving the call to another device. */
import type * as english from "../en/move.ts";
import type { Spoken } from "../plurals.ts";

/** Moving the call. */
export const move: Spoken<"zh-CN", typeof english.move> = {
  key: "在其他设备上继续",
  title: "在其他设备上继续",
  scan: "用手机或平板的相机扫描此二维码。",
  qr: "在其他设备上继续通话的二维码",
  type: "或者在那台设备上打开此房间，选择“从其他设备继续”，然后输入代码：",
  note: "代码只能使用一次，两分钟内有效，关闭此窗口即失效。不要给别人看：使用代码的人就是你。",
  states: {
    making: "正在生成代码…",
    taken: "另一台设备已使用代码，正在加入…",
    late: "代码已过期，没有被使用。",
    offline: "无法连接服务器。恢复后会立即显示代码。",
    unanswered: "服务器没有回应，可能版本太旧。",
    insecure: "此功能需要安全连接（https）。",
  },
  again: "生成新代码",
  moved: "你已在另一台设备上继续通话",
  movedLead: "通话在那里继续，其他人没有察觉。",
  back: "回到此设备继续",
  take: {
    title: "在此设备上继续通话",
    lead: "你将以同一身份加入，另一台设备会退出通话。",
    field: "另一台设备上的代码",
    action: "在此继续",
    working: "正在接管通话…",
    devices: "正在准备设备…",
    other: "以其他身份加入",
    enter: "从其他设备继续",
    problems: {
      unreadable: "代码不完整，应为 16 个字母和数字。",
      "no-code": "代码已过期或已被使用。请在另一台设备上显示新代码。",
      "too-soon": "错误代码太多，请稍后再试。",
      unanswered: "服务器没有回应。请检查网络后再试。",
      unopened: "无法打开另一台设备发来的内容。请在那里显示新代码。",
      insecure: "此功能需要安全连接（https）。",
    },
  },
};
