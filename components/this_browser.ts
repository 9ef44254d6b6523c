/** Which browser this is, for words about the way out; never for behaviour. Browser only. */
export function thisBrowser(): { readonly userAgent: string; readonly touch: boolean } {
  return { userAgent: navigator.userAgent, touch: navigator.maxTouchPoints > 1 };
}
