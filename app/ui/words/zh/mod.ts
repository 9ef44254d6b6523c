/**
 * Simplified Chinese.
 *
 * Glossary: room 房间 · call 通话 · link 链接 · connection 连接 · direct 直连 · relay 中继 · join 加入 ·
 * leave 离开 · owner 房主 · operator, administrator 管理员 · people, member 成员 · guest 访客 ·
 * knock 敲门 · admit 允许 · deny 拒绝 · remove 移出 · revoke 撤销 · message 消息 · private message 私信 ·
 * edit 编辑 · mute 静音 · camera 摄像头 · microphone 麦克风 · speaker 扬声器 · video, picture 画面
 * (on keys 视频) · share 共享 · invite 邀请 · grid 网格 · pin 固定 · notification 通知 · device 设备 ·
 * server 服务器 · reload 刷新 · try again 重试 · respond 响应 · verified 已验证 · safety words 安全词 ·
 * compare 核对.
 *
 * Style: full-width punctuation, "…" once; "你", never "您"; no space around the names of people, one
 * space around numbers, Latin words and the names of files, rooms and hosts.
 */
import type { English } from "../en/mod.ts";
import type { Spoken } from "../plurals.ts";
import { admin } from "./admin.ts";
import { doctor } from "./doctor.ts";
import { door, linkKeys, owners } from "./owners.ts";
import {
  chat,
  entering,
  files,
  invite,
  links,
  shortcuts,
  stage,
  talk,
  toasts,
  wayOut,
} from "./panels.ts";

type Own = Spoken<"zh-CN", English>;

const common: Own["common"] = {
  tag: "zh-CN",
  locale: "zh-CN",
  product: "Parley",
  someone: "有人",
  language: "语言",
  theme: "外观",
  themeSystem: "跟随系统",
  themeLight: "浅色",
  themeDark: "深色",
  close: "关闭",
  tryAgain: "重试",
  unloaded: "页面仍在加载。如长时间没有反应，请刷新页面。",
  copied: "已复制",
  copyLink: "复制链接",
  home: "Parley 首页",
  selfName: "{name}（你）",
  guest: "访客",
  doctor: "检测通话环境",
};

const home: Own["home"] = {
  headline: ["一个链接，", "即刻面对面。"],
  lead: "支持 2–16 人的视频房间。无需安装，无需注册。",
  newRoom: "你的新房间",
  anotherName: "换个名字",
  start: "创建房间",
  joinLabel: "链接或房间名",
  joinHint: "在此输入链接或房间名",
  join: "加入",
  joinBad: "这不是有效的链接或房间名。房间名由文字、数字、- 和 _ 组成。",
  joinNoRoom: "这不是房间链接。房间链接中包含 /r/ 和房间名。",
  joinElsewhere: "此链接指向另一台服务器：{host}。",
  openThere: "前往打开",
  joinWhich: "这段文字中有多个房间，要加入哪一个？",
  joinRoomAt: "在 {host} 打开 {room}",
  visited: "此浏览器最近加入的房间",
  forgetRoom: "移除 {room}",
  facts: ["浏览器间加密", "2–16 人", "支持纯文字聊天"],
};

const before: Own["before"] = {
  about: "即将加入",
  name: "你的名字",
  mirrored: "镜像仅自己可见",
  preview: "摄像头预览",
  camera: "摄像头",
  microphone: "麦克风",
  speaker: "扬声器",
  unnamedDevice: "{kind} {number}",
  defaultDevice: "系统默认",
  cameraOff: "摄像头已关闭",
  cameraStarting: "正在打开摄像头…",
  turnCamera: "使用摄像头",
  turnMicrophone: "使用麦克风",
  blockedShort: "已被浏览器阻止",
  missingShort: { camera: "未找到摄像头", microphone: "未找到麦克风" },
  busyShort: { camera: "摄像头正被占用", microphone: "麦克风正被占用" },
  insecureShort: "需要安全页面",
  brokenShort: { camera: "摄像头无法启动", microphone: "麦克风无法启动" },
  heard: "能听到你的声音",
  unheard: "暂未检测到声音",
  listening: "说句话试试",
  microphoneOff: "麦克风已关闭",
  microphoneMissing: "没有麦克风",
  level: "麦克风音量",
  joinBoth: "打开摄像头和麦克风加入",
  joinCamera: "打开摄像头加入",
  joinMicrophone: "打开麦克风加入",
  joinListen: "加入并收听",
  withoutCamera: "不开摄像头",
  joinWithoutCamera: "不开摄像头加入",
  textOnly: "仅文字",
  joining: "正在加入…",
  sealed: "只有持有此链接的人才能看到你、听到你、读到你写的内容。",
  open: "未经验证：服务器有可能窃听。",
};

const trouble: Own["trouble"] = {
  refusedTitle: {
    camera: "浏览器不允许此页面使用摄像头",
    microphone: "浏览器不允许此页面使用麦克风",
    both: "浏览器不允许此页面使用摄像头和麦克风",
  },
  missingTitle: {
    camera: "未找到摄像头",
    microphone: "未找到麦克风",
    both: "未找到摄像头和麦克风",
  },
  busyTitle: {
    camera: "其他程序正在使用摄像头",
    microphone: "其他程序正在使用麦克风",
    both: "其他程序正在使用摄像头或麦克风",
  },
  brokenTitle: {
    camera: "摄像头无法启动",
    microphone: "麦克风无法启动",
    both: "摄像头和麦克风无法启动",
  },
  insecureTitle: "浏览器只允许安全页面使用摄像头和麦克风",
  refusedChromium: "点击地址栏中的设置图标，改为允许，然后重试。",
  refusedFirefox: "点击地址栏中带斜线的图标，解除阻止，然后重试。",
  refusedSafari: "在 Safari 菜单或“aA”中打开此网站的设置，改为允许，然后重试。",
  refusedOther: "在浏览器设置中允许此页面使用，然后重试。",
  missing: "接上设备后会自动识别。",
  busy: "关闭那个程序或标签页，然后重试。",
  insecure: "请用 https:// 或 localhost 打开此页面。",
  broken: "拔下后重新插上，或换一个设备。",
  goOn: "也可以先加入，之后再打开。",
};

const room: Own["room"] = {
  people: { other: "# 人" },
  stage: "通话成员",
  controls: "通话控制",
  mute: "静音",
  unmute: "取消静音",
  stopVideo: "关闭视频",
  startVideo: "开启视频",
  share: "共享",
  stopSharing: "停止共享",
  hand: "举手",
  chat: "聊天",
  peoplePanel: "成员",
  leave: "离开",
  more: "更多",
  record: "录制",
  captions: "字幕",
  microphoneSettings: "麦克风和扬声器",
  cameraSettings: "摄像头设置",
  noDevices: "未找到设备",
  handRaised: "已举手",
  isMuted: "已静音",
  cameraIsOff: "摄像头已关闭",
  screenOf: "{name}的屏幕",
  yourScreen: "你的屏幕",
  tapToHear: "点击收听",
  tapToHearWhy: "浏览器要求先点击页面才能播放声音。",
  inviteTitle: "你是第一个加入的人",
  inviteAgain: "目前只有你一个人",
  inviteLead: "打开此链接即可加入。",
  inviteLink: "房间链接",
  copyTheLink: "复制此链接",
  unread: { other: "# 条新消息" },
  callTime: "通话时长",
  online: "在房间里",
  you: "你",
};

const link: Own["link"] = {
  connecting: "正在连接…",
  reconnecting: "正在重新连接… {seconds} 秒",
  kept: "显示的是最后画面，{name}仍在房间里。",
  away: "{name}与服务器断开，正在重新连接。",
  failed: "你和{name}无法连接",
  causes: {
    "no-answer": "对方的浏览器没有响应。文字聊天仍可使用。",
    "no-relay": "其中一方的网络不允许直接通话，且没有中继可用。文字聊天仍可使用。",
    "relay-unreachable":
      "{name}的网络不允许直接通话，也不允许以任何方式连接中继。文字聊天仍可使用。",
    "no-path": "双方网络之间没有可用的路径。文字聊天仍可使用。",
    "broken": "连接已中断。文字聊天仍可使用。",
  },
  relayUnreachableHere: "你的网络不允许直接通话，也不允许以任何方式连接中继。文字聊天仍可使用。",
  reconnectingNow: "正在重新连接…",
  failedShort: "无法连接",
};

const pill: Own["pill"] = {
  reconnecting: "正在重新连接…通话不受影响",
  waiting: "现在发送的消息会在重新连接后发出。",
  shareFailed: "无法共享屏幕。",
  roomsRate: "你的网络新建房间过于频繁，请等一分钟。",
};

/** Joining takes too long: a heading and a line for each known cause. */
const stuck: Own["stuck"] = {
  offline: ["你已离线", "网络恢复后会自动加入。"],
  unreachable: ["服务器没有响应", "可能是你的网络断了，或服务器暂时不可用。"],
  forbidden: [
    "服务器拒绝来自此地址的通话（403）",
    "服务器管理员可以用 --allow-origin 允许此地址，或让前面的代理转发 Host 请求头。",
  ],
  missing: ["此地址没有通话服务（404）", "服务器管理员需要让前面的代理把 /ws 转发给 Parley。"],
  crowded: ["你的网络连接数过多（429）", "请关闭其他通话标签页，或等待同一网络中有人离开。"],
  busy: ["服务器繁忙（503）", "服务器恢复后会尽快让你加入。"],
  away: ["服务器暂时不可用", "前面的代理有响应，服务器可能正在重启。"],
  blocked: [
    "通话连接被拦截",
    "网页可以打开，但你和服务器之间有代理、防火墙或杀毒软件拦截了 WebSocket。换个网络可能有用。",
  ],
  strange: ["响应的不是服务器本身", "需要登录的网络常会这样。请刷新页面，查看登录要求。"],
  now: "立即重试",
  goesOn: "页面会自动重试。",
};

const end: Own["end"] = {
  leftSoon: "你已离开房间",
  left: { other: "你已离开，通话时长 # 分钟" },
  stillThere: { other: "{names}还在房间里。" },
  nobodyThere: "房间里目前没有人。",
  rejoin: "重新加入",
  again: "重试",
  full: "房间已满",
  fullLead: "有人离开后即可加入。",
  locked: "房间已锁定",
  lockedLead: "需要房间里的人解锁。",
  password: "房间需要密码",
  passwordLead: "请向分享链接的人索取。",
  replaced: "你已在另一个标签页中加入此通话",
  replacedLead: "同一时间只能有一个标签页参加通话，此标签页已退出。",
  useThisTab: "在此标签页中继续",
  kicked: "你已被移出房间",
  kickedLead: "房主或管理员将你移出了房间。",
  closed: "房间已关闭",
  closedLead: "房主已结束所有人的通话。",
  off: "服务器暂停通话服务",
  offLead: "管理员已暂时关闭服务，请稍后再试。",
  turnedAway: "未获准加入",
  turnedAwayLead: "房主拒绝了你的加入请求。",
  guesses: "密码错误次数过多",
  guessesLead: "请稍等（最多半分钟）再试。",
  banned: "你无法加入此房间",
  bannedLead: "房主或管理员禁止你加入。",
  version: "页面版本过旧",
  versionLead: "刷新页面即可更新。",
  reload: "刷新",
  confused: "服务器无法识别此页面的请求",
  confusedLead: "服务器已关闭连接，刷新页面即可恢复。",
  lost: "通话已结束",
  lostLead: "无法恢复与服务器的连接。",
  toStart: "返回首页",
  joinRoom: "加入 {room}",
  badRoom: "房间名无效",
  badRoomLead: "房间名由 1–64 个文字、数字、- 或 _ 组成。",
  meant: "你要找的是 {room} 吗？",
  meantLead: "这不是正确的房间链接，可能在转发时混入了多余的内容。",
  notFound: "页面不存在",
  notFoundLead: "链接可能不完整或有误。",
  broken: "我们这边出了问题",
  brokenLead: "问题已记录，重试通常可以解决。",
};

/** The Chinese catalogue. */
export const words: Own = {
  common,
  home,
  before,
  entering,
  trouble,
  wayOut,
  room,
  invite,
  link,
  links,
  chat,
  files,
  talk,
  stage,
  pill,
  stuck,
  end,
  shortcuts,
  toasts,
  owners,
  linkKeys,
  door,
  admin,
  doctor,
};
