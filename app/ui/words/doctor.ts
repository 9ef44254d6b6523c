/** The words of the page /doctor, in every language: it is visited rarely, so it brings them along itself. */
import type { Language } from "./catalogue.ts";

const en = {
  title: "What works from here",
  lead:
    "Checks what a call needs, from this browser and this network. Nobody else sees or hears anything of it.",
  again: "Check again",
  copy: "Copy the report",
  summary: {
    running: "Checking…",
    good: "All is well. Calls should work from here.",
    poor: "Calls work from here, but not with everybody. What to do is below.",
    bad: "Something keeps calls from working. What to do is below.",
  },
  verdict: {
    open: "Not looked at",
    running: "Checking",
    good: "Good",
    poor: "Could be better",
    bad: "Does not work",
  },
  page: {
    title: "A secure page",
    good: "This page is secure, so it may use camera and microphone.",
    bad:
      "Browsers allow camera and microphone on secure pages only. Open this site with https://; who runs it can turn that on with --tls-self-signed or --acme-domain.",
  },
  server: {
    title: "The way to the server",
    running: "Opening a connection…",
    good: "The server answers, {ms} ms from opening to being let in.",
    noSocket:
      "Pages come through, the lasting connection (WebSocket) does not. A proxy or a firewall in between keeps it from opening: who runs the server finds the settings for theirs in docs/deploy.md and can ask “parley doctor”.",
    noServer: "The server does not answer any more. Look whether you are online, then check again.",
    busy: "The server answers, but lets nobody in just now. Try again in a minute.",
  },
  meeting: {
    title: "Calls in this browser",
    running: "Two ends in this browser look for each other…",
    good: "Two ends in this browser found each other.",
    unsupported:
      "This browser knows no calls (WebRTC), or an extension or policy has turned them off. Use a current Chrome, Edge, Firefox or Safari.",
    noPath:
      "Two ends in this browser did not find each other. An extension, a VPN or a policy that hides addresses is the usual cause; turn it off for this site.",
  },
  stun: {
    title: "The way outside",
    running: "Asking for the public address…",
    good: "This network lets calls out by UDP.",
    none:
      "The server names no STUN server. People in different networks may not find each other; who runs it sets one with --ice-servers or --turn-urls.",
    bad:
      "No answer by UDP from outside. A firewall keeps calls in; they need a relay that is reached by TCP or TLS.",
  },
  relay: {
    title: "Relay by {transport}",
    none: "Relay",
    noneLine:
      "The server names no relay. Two people whose networks are both strict will not reach each other. Who runs it adds one with --turn-urls and --turn-secret-file; docs/deploy.md has a ready coturn.",
    open: "Waits for the check before.",
    running: "Sending a word through the relay…",
    good: "A word came back through the relay in {ms} ms.",
    noRelay:
      "The relay cannot be reached by {transport} from here. If another one can, calls work by that.",
    refused:
      "The relay refuses the server's credentials. Who runs it: the secret of --turn-secret-file must be the relay's own, and both clocks right.",
    noPath:
      "The relay answers, but carries nothing. Who runs it: its ports for media are closed, or it denies its own address; ask “parley doctor”.",
    unsupported: "This browser cannot use that relay.",
  },
  devices: {
    title: "Camera and microphone",
    line: "The browser will ask. What they see and hear stays on this page.",
    action: "Try camera and microphone",
    camera: "Camera",
    cameraGood: "You should see yourself: {width} × {height}.",
    microphone: "Microphone",
    microphoneGood: "Say something: the bars must move.",
    preview: "Your camera",
  },
};

/** What the page says. */
export type DoctorWords = typeof en;

const zh: DoctorWords = {
  title: "在这里通话行不行",
  lead: "从这个浏览器、这个网络检查通话所需的一切。别人看不到也听不到。",
  again: "重新检查",
  copy: "复制报告",
  summary: {
    running: "正在检查……",
    good: "一切正常，从这里可以通话。",
    poor: "从这里可以通话，但不一定能连上所有人。办法见下方。",
    bad: "有问题使通话无法进行。办法见下方。",
  },
  verdict: { open: "尚未检查", running: "正在检查", good: "正常", poor: "可以更好", bad: "不行" },
  page: {
    title: "安全的页面",
    good: "本页面是安全的，可以使用摄像头和麦克风。",
    bad:
      "浏览器只允许安全页面使用摄像头和麦克风。请用 https:// 打开本站；管理员可以用 --tls-self-signed 或 --acme-domain 开启。",
  },
  server: {
    title: "到服务器的连接",
    running: "正在建立连接……",
    good: "服务器有应答，从连接到进入用了 {ms} 毫秒。",
    noSocket:
      "网页能打开，但持久连接（WebSocket）建立不了。中间的代理或防火墙拦住了它：管理员可在 docs/deploy.md 找到相应设置，也可以运行“parley doctor”。",
    noServer: "服务器没有应答了。请确认已联网，然后重新检查。",
    busy: "服务器有应答，但现在不让任何人进入。请过一分钟再试。",
  },
  meeting: {
    title: "本浏览器的通话功能",
    running: "本浏览器中的两端正在互相寻找……",
    good: "本浏览器中的两端找到了对方。",
    unsupported:
      "本浏览器不支持通话（WebRTC），或者被扩展程序、策略关闭了。请使用新版 Chrome、Edge、Firefox 或 Safari。",
    noPath:
      "本浏览器中的两端没有找到对方。通常是隐藏地址的扩展程序、VPN 或策略造成的，请对本站关闭它。",
  },
  stun: {
    title: "通往外部的路",
    running: "正在询问公网地址……",
    good: "本网络允许通话通过 UDP 出去。",
    none:
      "服务器没有提供 STUN 服务器，不同网络里的人可能找不到对方；管理员可用 --ice-servers 或 --turn-urls 设置。",
    bad: "外部没有通过 UDP 应答。防火墙把通话拦在里面，需要能用 TCP 或 TLS 连接的中继。",
  },
  relay: {
    title: "{transport} 中继",
    none: "中继",
    noneLine:
      "服务器没有提供中继。如果两个人的网络都很严格，他们将无法连通。管理员可用 --turn-urls 和 --turn-secret-file 添加；docs/deploy.md 有现成的 coturn 配置。",
    open: "等待前面的检查。",
    running: "正在通过中继发送……",
    good: "消息经中继往返用了 {ms} 毫秒。",
    noRelay: "从这里无法用 {transport} 连到中继。如果其他方式可以，通话会走那条路。",
    refused:
      "中继拒绝了服务器给的凭据。管理员请检查：--turn-secret-file 的密钥须与中继一致，两边时钟须准确。",
    noPath:
      "中继有应答，但不转发。管理员请检查：媒体端口未开放，或它拒绝了自己的地址；可运行“parley doctor”。",
    unsupported: "本浏览器无法使用该中继。",
  },
  devices: {
    title: "摄像头和麦克风",
    line: "浏览器会询问。它们看到和听到的只留在本页面。",
    action: "试一试摄像头和麦克风",
    camera: "摄像头",
    cameraGood: "你应该能看到自己：{width} × {height}。",
    microphone: "麦克风",
    microphoneGood: "说句话：声音条应该会动。",
    preview: "你的摄像头",
  },
};

export const doctorWords: Readonly<Record<Language, DoctorWords>> = { en, "zh-CN": zh };
