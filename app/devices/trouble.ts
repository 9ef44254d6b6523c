/** Explains a missing camera or microphone, with the remedy for this browser. Pure. */
import type { MediaFailure } from "../../mesh/mod.ts";
import type { Words } from "../ui/words/mod.ts";

/** The missing devices. */
export type Missing = "camera" | "microphone" | "both";

/** Browsers with different remedies. `in-app`: inside another app, which often blocks devices. */
export type BrowserKind =
  | "in-app"
  | "ios-safari"
  | "ios"
  | "android-firefox"
  | "android"
  | "edge"
  | "chromium"
  | "firefox"
  | "safari"
  | "other";

// WeChat, QQ, Facebook, Messenger, Instagram, LINE, Weibo, DingTalk, Alipay, Lark, TikTok,
// Snapchat, LinkedIn; any Android WebView.
const inApp =
  /micromessenger|\bqq\/|fban|fbav|fb_iab|instagram|\bline\/|weibo|dingtalk|alipay|\blark|feishu|bytedance|musical_ly|snapchat|linkedinapp|; wv\)/i;

/**
 * The kind by user agent; `touch` detects an iPad, which claims to be a Mac. Only for words, never
 * for behaviour.
 */
export function browserKind(
  { userAgent, touch }: Pick<Trouble, "userAgent" | "touch">,
): BrowserKind {
  const says = (pattern: RegExp) => pattern.test(userAgent);
  if (says(inApp)) return "in-app";
  if (says(/iphone|ipad|ipod/i) || (touch && says(/macintosh/i) && !says(/chrom|firefox/i))) {
    if (says(/crios|fxios|edgios|opios|ddg\//i)) return "ios";
    // A web view inside an app is WebKit without the name of Safari.
    return says(/safari/i) ? "ios-safari" : "in-app";
  }
  if (says(/android/i)) return says(/firefox/i) ? "android-firefox" : "android";
  if (says(/firefox/i)) return "firefox";
  if (says(/edg\//i)) return "edge";
  if (says(/chrom/i)) return "chromium";
  return says(/safari/i) ? "safari" : "other";
}

/** What failed, why, and in which browser. */
export interface Trouble {
  readonly failure: MediaFailure;
  readonly missing: Missing;
  readonly userAgent: string;
  readonly touch: boolean;
}

/** A heading and the remedy; `retry`: trying again on this page may help. */
export interface Explained {
  readonly title: string;
  readonly line: string;
  readonly retry: boolean;
}

/** The explanation in the words of the language. */
export function explain(trouble: Trouble, words: Words): Explained {
  const { failure, missing } = trouble;
  const { trouble: said, wayOut } = words;
  const kind = browserKind(trouble);
  if (kind === "in-app" && (failure === "denied" || failure === "unsupported")) {
    return { title: wayOut.inAppTitle, line: wayOut.inApp, retry: false };
  }
  switch (failure) {
    case "denied":
      return { title: said.refusedTitle[missing], line: deniedLine(kind, words), retry: true };
    case "system":
      return { title: wayOut.systemTitle[missing], line: systemLine(trouble, words), retry: true };
    case "missing":
      return { title: said.missingTitle[missing], line: said.missing, retry: true };
    case "busy":
      return { title: said.busyTitle[missing], line: said.busy, retry: true };
    case "insecure":
      return { title: said.insecureTitle, line: said.insecure, retry: false };
    case "unsupported":
    case "unknown":
      return { title: said.brokenTitle[missing], line: said.broken, retry: true };
    default:
      return failure satisfies never;
  }
}

function deniedLine(kind: BrowserKind, { trouble, wayOut }: Words): string {
  return {
    "in-app": wayOut.inApp,
    "ios-safari": wayOut.iosSafari,
    "ios": wayOut.ios,
    "android-firefox": wayOut.androidFirefox,
    "android": wayOut.android,
    "edge": wayOut.edge,
    "chromium": trouble.refusedChromium,
    "firefox": trouble.refusedFirefox,
    "safari": trouble.refusedSafari,
    "other": trouble.refusedOther,
  }[kind];
}

/** The browser has permission, but the system blocks it. */
function systemLine({ userAgent, touch }: Trouble, { wayOut }: Words): string {
  if (/iphone|ipad|ipod/i.test(userAgent) || (touch && /macintosh/i.test(userAgent))) {
    return wayOut.ios;
  }
  if (/android/i.test(userAgent)) return wayOut.systemAndroid;
  if (/macintosh/i.test(userAgent)) return wayOut.systemMac;
  return /windows/i.test(userAgent) ? wayOut.systemWindows : wayOut.systemOther;
}

/** Why a device is missing, in three words, for the place of its picker. */
export function troubleShort(
  { failure, device }: { failure: MediaFailure; device: "camera" | "microphone" },
  { before, wayOut }: Words,
): string {
  switch (failure) {
    case "denied":
      return before.blockedShort;
    case "system":
      return wayOut.systemShort;
    case "missing":
      return before.missingShort[device];
    case "busy":
      return before.busyShort[device];
    case "insecure":
      return before.insecureShort;
    case "unsupported":
    case "unknown":
      return before.brokenShort[device];
    default:
      return failure satisfies never;
  }
}
