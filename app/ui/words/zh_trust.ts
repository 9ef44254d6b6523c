/** The Chinese words for who can be trusted: shields, safety words, alarms. */
import type * as english from "./en_trust.ts";

/** Trust in the people of a room. */
export const trust: typeof english.trust = {
  marks: {
    open: "未验证",
    checking: "正在验证",
    unverified: "未验证",
    verified: "已验证",
    compared: "安全词已核对",
    differs: "不安全",
    alarm: "不安全",
  },
  openTitle: "此通话未经验证",
  openLine: "管理此服务器的人有可能窃听；用“创建房间”建立的房间可以防止窃听。",
  sealedTitle: "只有持有链接的人才能听到",
  sealedLine: "要确认中间没有别人，请与每个人核对安全词。",
  words: "安全词",
  wordsWith: "与{name}的安全词",
  read: "请互相念出来。如果相同，就说明中间没有别人。",
  soon: "安全词将在几秒后显示。",
  gone: "{name}未经验证，因此没有安全词。",
  comparedBefore: "你们已经核对过。",
  same: "已核对，相同",
  differ: "不相同",
  differTitle: "你和{name}之间可能有别人",
  differLine: "请不要在这里谈论私密内容。创建一个新房间，并用其他方式发送链接。",
  back: "返回",
  leave: "离开并创建新房间",
  reload: "刷新页面",
  apart: "为安全起见，你和{name}互相看不到也听不到。",
  why: {
    "no-hello": "无法验证{name}",
    "wrong-secret": "{name}使用的是另一个链接",
    "unconfirmed": "{name}的页面没有回应验证",
    "altered": "有人改动了{name}发送的内容",
    "replayed": "有人重复发送了{name}的旧消息",
    "withheld": "有人扣留了{name}的消息",
    "unsealed": "有人没有链接却冒充{name}",
    "fingerprint": "有人冒充{name}作出了回应",
  },
  views: "你和{name}看到的成员不一样",
  viewsLine: "服务器可能隐藏了某个人。请问问{name}都看到了谁。",
  showPeople: "查看成员",
  otherBrowser: "{name}用的浏览器与上次不同",
  otherBrowserLine: "如果你觉得意外，请核对安全词。",
  removed: "{by}移出了{names}",
  youRemoved: "你移出了{names}",
  changed: "{by}更换了链接",
  youChanged: "你更换了链接",
  linkChanged: "此房间的链接已更换。",
  copyNewLink: "复制新链接",
  allVerified: "已与这里的所有人相互验证",
  allVerifiedLine: "中间没有人能窃听，服务器也不能。",
  notVerified: "未验证：{names}",
  signs: [
    ...["猴子", "猫", "狮子", "马", "奶牛", "猪", "兔子", "熊猫"],
    ...["大象", "青蛙", "乌龟", "蛇", "鱼", "章鱼", "螃蟹", "企鹅"],
    ...["猫头鹰", "蜜蜂", "蝴蝶", "海豚", "仙人掌", "向日葵", "棕榈树", "蘑菇"],
    ...["苹果", "香蕉", "葡萄", "樱桃", "菠萝", "西瓜", "胡萝卜", "玉米"],
    ...["比萨", "鸡蛋", "甜甜圈", "冰淇淋", "地球", "月亮", "星星", "彩虹"],
    ...["火焰", "雪人", "闪电", "船锚", "火箭", "火车", "自行车", "拖拉机"],
    ...["帆船", "气球", "礼物", "足球", "吉他", "小号", "鼓", "相机"],
    ...["锤子", "耳机", "灯泡", "书本", "雨伞", "闹钟", "皇冠", "眼镜"],
  ],
};

/** The program of this site. */
export const program: typeof english.program = {
  line: "程序 {hash}",
  copy: "复制程序的哈希值",
  changed: "此网站的程序已更改",
  changedLine: "它与你上次访问时不同，通常是因为安装了新版本。",
  what: "这意味着什么？",
  about: [
    "此页面是网站发送的程序。想要窃听的网站可以发送另一个程序。",
    "Parley 的每个版本都会公布其程序的哈希值。如果下面的值不在其中，请询问管理此网站的人。",
  ],
  before: "上次访问",
  now: "现在",
};

/** A link to a sealed room that is not followed. */
export const linkTrouble: typeof english.linkTrouble = {
  cutLead: "# 之后的部分不完整。请向邀请你的人索要完整链接。",
  insecure: "此链接需要安全页面",
  insecureLead: "带 # 的链接只能通过 https 使用。请把开头的 http:// 换成 https:// 再打开。",
};
