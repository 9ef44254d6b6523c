/** What this browser is and can do. Nothing here throws. Browser only. */
import { attempt } from "../../protocol/attempt.ts";

export { attempt };

/** Which browser this is, for words about remedies; never for behaviour. */
export function thisBrowser(): { readonly userAgent: string; readonly touch: boolean } {
  return { userAgent: navigator.userAgent, touch: navigator.maxTouchPoints > 1 };
}

/** Whether a media query holds now. */
export function matches(query: string): boolean {
  return attempt(() => matchMedia(query).matches) ?? false;
}

/** Whether a screen can be shared from here. */
export function hasScreens(): boolean {
  return attempt(() => "getDisplayMedia" in navigator.mediaDevices) ?? false;
}
