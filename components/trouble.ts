/** Why a camera or microphone is not there, in words and with the way out of this browser. Pure. */
import type { MediaFailure, Words } from "../state/mod.ts";

/** What is missing. */
export type Missing = "camera" | "microphone" | "both";

/** Browsers whose way out differs. */
export type BrowserFamily = "chromium" | "firefox" | "safari" | "other";

/** The family by its user agent; only for words, never for behaviour. */
export function browserFamily(userAgent: string): BrowserFamily {
  if (/firefox|fxios/i.test(userAgent)) return "firefox";
  if (/chrom|crios|edg/i.test(userAgent)) return "chromium";
  return /safari/i.test(userAgent) ? "safari" : "other";
}

/** What happened, to what, in which browser. */
export interface Trouble {
  readonly failure: MediaFailure;
  readonly missing: Missing;
  readonly userAgent: string;
}

/** A heading and the way out. */
export function explain(
  { failure, missing, userAgent }: Trouble,
  { trouble }: Words,
): { title: string; line: string } {
  switch (failure) {
    case "denied":
      return { title: trouble.refusedTitle[missing], line: wayOut(userAgent, trouble) };
    case "missing":
      return { title: trouble.missingTitle[missing], line: trouble.missing };
    case "busy":
      return { title: trouble.busyTitle[missing], line: trouble.busy };
    case "insecure":
      return { title: trouble.insecureTitle, line: trouble.insecure };
    case "unsupported":
    case "unknown":
      return { title: trouble.brokenTitle[missing], line: trouble.broken };
    default:
      return failure satisfies never;
  }
}

function wayOut(userAgent: string, trouble: Words["trouble"]): string {
  return {
    chromium: trouble.refusedChromium,
    firefox: trouble.refusedFirefox,
    safari: trouble.refusedSafari,
    other: trouble.refusedOther,
  }[browserFamily(userAgent)];
}
