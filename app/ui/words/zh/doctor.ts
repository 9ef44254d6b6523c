/** The Chinese words of the page /doctor. */
import type * as english from "../en/doctor.ts";
import type { Spoken } from "../plurals.ts";

/** Only that page has them. */
export const doctor: Spoken<"zh-CN", typeof english.doctor> = {
  title: "通话检测",
  lead: "检测此浏览器和网络是否满足通话要求。其他人看不到也听不到你。",
  again: "重新检测",
  copy: "复制报告",
  summary: {
    running: "正在检测…",
    good: "一切正常，可以通话。",
    poor: "可以通话，但不一定能连上所有人，或效果不是最佳。解决办法见下方。",
    bad: "目前无法通话。解决办法见下方。",
  },
  verdict: { open: "未检测", running: "检测中", good: "正常", poor: "可改进", bad: "异常" },
  page: {
    title: "安全页面",
    good: "此页面是安全的，可以使用摄像头和麦克风。",
    bad:
      "浏览器只允许安全页面使用摄像头和麦克风。请用 https:// 打开此网站；管理员可以用 --tls-self-signed 或 --acme-domain 开启。",
  },
  server: {
    title: "与服务器的连接",
    running: "正在建立连接…",
    good: "服务器有响应，连接用时 {ms} 毫秒。",
    noSocket:
      "网页可以打开，但无法建立长连接（WebSocket），可能被代理或防火墙拦截。管理员可在 docs/deploy.md 中找到相应设置，也可以运行“parley doctor”。",
    noServer: "服务器没有响应。请确认已联网，然后重新检测。",
    busy: "服务器有响应，但暂时不接受新成员。请一分钟后再试。",
  },
  meeting: {
    title: "浏览器的通话功能",
    running: "正在此浏览器内建立测试连接…",
    good: "浏览器内的测试连接成功。",
    unsupported:
      "此浏览器不支持通话（WebRTC），或者该功能被扩展程序或策略关闭。请使用新版 Chrome、Edge、Firefox 或 Safari。",
    noPath:
      "浏览器内的测试连接失败。通常是隐藏地址的扩展程序、VPN 或策略造成的，请对此网站关闭它。",
  },
  stun: {
    title: "外部网络",
    running: "正在获取公网地址…",
    good: "此网络允许通话使用 UDP。",
    none:
      "服务器未提供 STUN，不同网络中的人可能无法互相连接。管理员请去掉 --no-turn，或用 --ice-servers 或 --turn-urls 设置。",
    bad: "没有 UDP 响应，UDP 被防火墙拦截，通话需要经 TCP 或 TLS 中继，见下方。",
  },
  relay: {
    elsewhere: "{rung}（{host}）",
    none: "中继",
    noneLine:
      "服务器未提供中继。如果双方的网络限制都很严格，将无法连通。管理员请去掉 --no-turn，或用 --turn-urls 和 --turn-secret-file 指定中继。",
    open: "等待前一项检测。",
    running: "正在通过中继发送消息…",
    good: "消息经中继往返用时 {ms} 毫秒。",
    noRelay: "无法通过 {transport} 连接中继。如果其他方式可用，通话会使用其他方式。",
    untrusted: "这需要浏览器信任的证书；自签名证书不行，即使你已为此网页接受它。",
    refused:
      "中继拒绝了凭据。管理员请检查：--turn-secret-file 中的密钥须与中继一致，且双方时钟准确。",
    noPath:
      "中继有响应，但不转发数据。管理员请检查：媒体端口是否开放，中继是否拒绝了自身地址；可以运行“parley doctor”。",
    unsupported: "此浏览器无法使用该中继。",
  },
  devices: {
    title: "摄像头和麦克风",
    line: "浏览器会请求权限。画面和声音只留在此页面。",
    action: "测试摄像头和麦克风",
    camera: "摄像头",
    cameraGood: "你应该能看到自己：{width} × {height}。",
    microphone: "麦克风",
    microphoneGood: "说句话，音量条应该会动。",
    preview: "你的摄像头",
  },
};
