/** Finds web addresses in a chat line. Pure; returns text and checked addresses, never markup. */

/** A run of plain text, or an address. `host`: the real target if the text hides it. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string; readonly host?: string };

/**
 * Ends at characters that no address contains unescaped: blanks, quotation marks, non-ASCII
 * brackets, Chinese and Japanese punctuation, and invisible characters, because a direction mark
 * would reverse the rest. Persian and Indic words need U+200C and U+200D, so these stay. A raised
 * comma before a Latin letter is an apostrophe.
 */
const candidate =
  /(?<![a-z\d])https?:\/\/(?:[()[\]{}\u200c\u200d]|’(?=\p{Script=Latin})|[^\s<>"`\\\p{C}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u3001-\u3003\u301c\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]){1,2048}/giu;
/** A longer address is text, so that the time grows with the length of the text only. */
const addressMost = 2_048;
/** At the end these belong to the sentence; other punctuation (# % & / @) to the address. */
const trailing = /^(?:(?![#%&/@])\p{Po}|[^\P{Pd}-]|[|([{\u200c\u200d])$/u;
const closers: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Splits `text` into runs; only http and https addresses that the URL parser accepts become links.
 */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const search = new RegExp(candidate);
  let end = 0;
  for (let match; (match = search.exec(text));) {
    const [found] = match;
    if (found.length >= addressMost) continue;
    const shown = addressIn(found, text[match.index - 1]);
    const link = linkTo(shown);
    // The rest may hold another address.
    search.lastIndex = match.index + (link?.text.length ?? "http".length);
    if (link === undefined) continue;
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push(link);
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

/**
 * A host ends at characters it cannot contain: https://a.example's. Before an @ they belong to user
 * info.
 */
const afterHost = /^([^:]+:\/\/[^/?#@'’,;!*&=+$|~]+)['’,;!*&=+$|~].*$/u;
/** Separates two addresses without a blank. */
const nextAddress = /[,;|]https?:\/\/.*$/iu;

/** The address without the sentence around it. `before`: the character in front. */
function addressIn(found: string, before: string | undefined): string {
  let address = upToUnopened(found).replace(afterHost, "$1").replace(nextAddress, "");
  // 'https://a.example','https://b.example': a quoted address ends at its quotation mark.
  if (before === "'") address = /^.*?(?='(?![\p{L}\p{N}])|$)/u.exec(address)?.[0] ?? address;
  let end = address.length;
  // _https://a.example_ and ~https://a.example~: a mark on both sides encloses it.
  const isSign = (last: string) => trailing.test(last) || last === before && /[_~]/.test(last);
  while (end > 0 && isSign(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}

/** "(see https://a.example/b_(c))": an unopened bracket ends the address. */
function upToUnopened(found: string): string {
  const open: Record<string, number> = {};
  for (const [at, sign] of [...found].entries()) {
    const opener = closers[sign];
    if (opener === undefined) open[sign] = (open[sign] ?? 0) + 1;
    else if (!open[opener]) return [...found].slice(0, at).join("");
    else open[opener]--;
  }
  return found;
}

/** No link for addresses with user info: they imitate another host. */
function linkTo(text: string): TextPart | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, username, password, hostname } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return undefined;
  const isHonest = text.toLowerCase().includes(hostname);
  return { kind: "link", text, href, ...!isHonest && { host: hostname } };
}
