/** Finds web addresses in a chat line. Pure; what comes out is text and checked addresses, never markup. */

/** A run of plain text, or an address to link to. `host`: where it really leads, if the text does not read so. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string; readonly host?: string };

/**
 * Up to what no address holds as it is: blanks, quotation marks, brackets other than ASCII's, the punctuation of
 * Chinese and Japanese, and whatever cannot be seen, for a direction mark would make the rest read backwards. Two that
 * cannot be seen stay: words of Persian and Indic languages need U+200C and U+200D. A raised comma is an apostrophe
 * before a Latin letter.
 */
const candidate =
  /(?<![a-z\d])https?:\/\/(?:[()[\]{}\u200c\u200d]|’(?=\p{Script=Latin})|[^\s<>"`\\\p{C}\p{Pi}\p{Pf}\p{Ps}\p{Pe}\u3001-\u3003\u301c\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65])+/giu;
/** At the end these belong to the sentence; the others of their kind (# % & / @) to the address. */
const trailing = /^(?:(?![#%&/@])\p{Po}|[^\P{Pd}-]|[|([{\u200c\u200d])$/u;
const closers: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Splits `text` into runs; only http and https addresses the URL parser accepts become links. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const search = new RegExp(candidate);
  let end = 0;
  for (let match; (match = search.exec(text));) {
    const shown = addressIn(match[0], text[match.index - 1]);
    const link = linkTo(shown);
    // What was cut off may hold the next one.
    search.lastIndex = match.index + (link?.text.length ?? "http".length);
    if (link === undefined) continue;
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push(link);
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

/** Signs that no host holds, so the sentence goes on there: https://a.example's. Those before an @ name a person. */
const afterHost = /^([^:]+:\/\/[^/?#@'’,;!*&=+$|~]+)['’,;!*&=+$|~].*$/u;
/** Between two addresses without a blank. */
const nextAddress = /[,;|]https?:\/\/.*$/iu;

/** Without what belongs to the sentence around it. `before`: the character in front. */
function addressIn(found: string, before: string | undefined): string {
  let address = upToUnopened(found).replace(afterHost, "$1").replace(nextAddress, "");
  // 'https://a.example','https://b.example': a quoted one ends with its quotation mark.
  if (before === "'") address = /^.*?(?='(?![\p{L}\p{N}])|$)/u.exec(address)?.[0] ?? address;
  let end = address.length;
  // _https://a.example_ and ~https://a.example~: one sign at either end sets it apart.
  const isSign = (last: string) => trailing.test(last) || last === before && /[_~]/.test(last);
  while (end > 0 && isSign(address.charAt(end - 1))) end--;
  return address.slice(0, end);
}

/** "(see https://a.example/b_(c))": a bracket that was not opened inside ends the address. */
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

/** None for what names a person before the host: it is made to read like another host. */
function linkTo(text: string): TextPart | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href, username, password, hostname } = new URL(text);
  if (!/^https?:$/.test(protocol) || username !== "" || password !== "") return undefined;
  const isHonest = text.toLowerCase().includes(hostname);
  return { kind: "link", text, href, ...!isHonest && { host: hostname } };
}
