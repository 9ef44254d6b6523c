/**
 * The secret of a sealed room's link: 32 random bytes as base64url, and how often an owner has
 * changed it, if ever: `AbC…` or `AbC….2`. docs/trust.md describes what is derived from it.
 */

/** 43 digits, the last of which has two spare bits. */
const pattern = /^[\w-]{42}[AEIMQUYcgkosw048](\.[1-9]\d{0,5})?$/;

/** Whether a text is a whole secret. */
export function isSecret(text: unknown): text is string {
  return typeof text === "string" && pattern.test(text);
}

/** Whether this page can seal: over plain http, browsers have no `crypto.subtle`. */
export function sealsHere(): boolean {
  const { crypto }: { crypto?: { subtle?: unknown } } = globalThis;
  return crypto?.subtle !== undefined;
}
