/**
 * The words of the /doctor page in every language. Few people visit it, so it carries its words.
 */
import type { Language } from "./catalogue.ts";

const en = {
  title: "Call check",
  lead:
    "Checks what a call needs from this browser and this network. Nobody else sees or hears you.",
  again: "Check again",
  copy: "Copy the report",
  summary: {
    running: "Checking…",
    good: "Everything is fine. Calls should work from here.",
    poor:
      "Calls work from here, but not with everyone or not at their best. See below for what to do.",
    bad: "Calls cannot work from here. See below for what to do.",
  },
  verdict: {
    open: "Not checked",
    running: "Checking",
    good: "Good",
    poor: "Could be better",
    bad: "Not working",
  },
  page: {
    title: "Secure page",
    good: "This page is secure, so it can use the camera and the microphone.",
    bad:
      "Browsers allow camera and microphone on secure pages only. Open this site over https://; its operator can turn that on with --tls-self-signed or --acme-domain.",
  },
  server: {
    title: "Connection to the server",
    running: "Opening a connection…",
    good: "The server responds; connecting took {ms} ms.",
    noSocket:
      "Pages load, but the persistent connection (WebSocket) does not open. A proxy or a firewall in between blocks it: the server’s operator can find proxy settings in docs/deploy.md and run “parley doctor”.",
    noServer: "The server is no longer responding. Make sure you are online, then check again.",
    busy: "The server responds, but admits nobody right now. Try again in a minute.",
  },
  meeting: {
    title: "Calls in this browser",
    running: "Connecting two ends in this browser…",
    good: "Two ends in this browser connected.",
    unsupported:
      "This browser does not support calls (WebRTC), or an extension or policy has turned them off. Use a current Chrome, Edge, Firefox or Safari.",
    noPath:
      "Two ends in this browser could not connect. The usual cause is an extension, a VPN or a policy that hides addresses; turn it off for this site.",
  },
  stun: {
    title: "Access to the internet",
    running: "Asking for the public address…",
    good: "This network lets calls out over UDP.",
    none:
      "The server names no STUN server, so people on different networks may not be able to connect. For the operator: start it without --no-turn, or name one with --ice-servers or --turn-urls.",
    bad:
      "No response over UDP. A firewall blocks it, so calls need a relay over TCP or TLS; see below.",
  },
  relay: {
    elsewhere: "{rung} ({host})",
    none: "Relay",
    noneLine:
      "The server offers no relay, so two people who are both on strict networks cannot connect. For the operator: start it without --no-turn, or name a relay with --turn-urls and --turn-secret-file.",
    open: "Waiting for the previous check.",
    running: "Sending a message through the relay…",
    good: "A message came back through the relay in {ms} ms.",
    noRelay:
      "The relay cannot be reached over {transport} from here. If another way works, calls use that.",
    untrusted:
      "It needs a certificate that browsers trust; one that is self-signed does not do, even if you accepted it for this page.",
    refused:
      "The relay rejects the credentials. For the operator: the secret in --turn-secret-file must match the relay’s, and both clocks must be right.",
    noPath:
      "The relay responds, but forwards nothing. For the operator: its media ports are closed, or it denies its own address; run “parley doctor”.",
    unsupported: "This browser cannot use this relay.",
  },
  devices: {
    title: "Camera and microphone",
    line: "The browser will ask for permission. What they see and hear stays on this page.",
    action: "Test camera and microphone",
    camera: "Camera",
    cameraGood: "You should see yourself: {width} × {height}.",
    microphone: "Microphone",
    microphoneGood: "Say something: the bars should move.",
    preview: "Your camera",
  },
};

/** The words of the /doctor page in one language. */
export type DoctorWords = typeof en;

const zh: DoctorWords = {
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

/** By language. */
export const doctorWords: Readonly<Record<Language, DoctorWords>> = { en, "zh-CN": zh };
