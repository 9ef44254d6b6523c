/**
 * Merges what `<Head>` adds into the document's head, by upstream's rule: two elements are the same
 * if they have the same key, or no key but the same tag and the same attributes, except a link's
 * `href` and a meta's `content`. Of equal elements, the last one stays.
 */
import {
  type ComponentChild,
  type ComponentChildren,
  isValidElement,
  type JSX,
  toChildArray,
  type VNode,
} from "preact";

/** Attributes that do not identify an element. */
const ignoredByTag: Record<string, readonly string[]> = {
  link: ["href"],
  meta: ["content"],
};
const alwaysIgnored = ["children", "nonce", "ref"];
const ownElement = /<(title)[^>]*>[^<]*<\/title>|<(meta|link|base)((?:\s[^>]*?)?)\/?>/gi;

/** The children of all `<Head>`s of a page, without those that a later one replaces. */
export function lastOfEach(heads: readonly ComponentChildren[]): ComponentChild[] {
  const kept = new Map<unknown, ComponentChild>();
  for (const child of heads.flatMap((head) => toChildArray(head))) {
    kept.set(identityOfChild(child) ?? {}, child);
  }
  return [...kept.values()];
}

/**
 * Takes `<link rel="late-module" href="app/room.tsx">` out of a head: the sources of modules that
 * an island of the page is certain to import() soon. Browsers and upstream ignore such a link.
 */
export function takeLate(
  children: readonly ComponentChild[],
): { head: ComponentChild[]; late: string[] } {
  const late = new Map<ComponentChild, string>();
  for (const child of children) {
    const node: unknown = child;
    if (!isValidElement(node) || node.type !== "link") continue;
    const { rel, href }: JSX.IntrinsicElements["link"] = node.props;
    if (rel === "late-module" && typeof href === "string") late.set(child, href);
  }
  return { head: children.filter((child) => !late.has(child)), late: [...late.values()] };
}

/** The document's own head without the elements that `<Head>` replaces. */
export function withoutReplaced(own: string, added: readonly ComponentChild[]): string {
  const replaced = new Set(added.map(identityOfChild));
  return own.replace(ownElement, (element, title, tag, attributes = "") => {
    const identity = title ? "title" : identityOf(tag.toLowerCase(), readAttributes(attributes));
    return replaced.has(identity) ? "" : element;
  });
}

function identityOfChild(child: ComponentChild): string | undefined {
  // Through `unknown`, because preact's guard takes any value.
  const node: unknown = child;
  if (!isValidElement(node)) return undefined;
  const { type, key, props }: VNode = node;
  if (typeof type !== "string") return undefined;
  return key === null || key === undefined ? identityOf(type, props) : `key ${key}`;
}

function identityOf(tag: string, attributes: object): string {
  if (tag === "title") return tag;
  const ignored = [...alwaysIgnored, ...ignoredByTag[tag] ?? []];
  const identifying = Object.entries(attributes).filter(([name]) => !ignored.includes(name)).sort();
  return JSON.stringify([tag, ...identifying.map(([, value]) => String(value))]);
}

function readAttributes(text: string): Record<string, string> {
  const found = text.matchAll(/([^\s=]+)(?:="([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name, value = "true"]) => [name, value]));
}
