// Finds text that does not fit what holds it.

import type { Page } from "puppeteer-core";

/** What a person presses or reads as a label. */
const holders = [
  "button",
  "a.primary",
  "a.secondary",
  "select",
  ".choice",
  ".menu-row",
  "[role=menuitem]",
  "[role=tab]",
  "h1",
  "h2",
  ".pill",
].join();

/**
 * Sentences, one for each visible key, row or heading of the page whose text leaves its box or the
 * window, or is cut. What people wrote themselves (`translate="no"`) may be cut.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate((holders) => {
    /** Pixels that rounding and the slant of letters take. */
    const slack = 2;
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 2;
    const textsOf = (element: Element): Text[] => {
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
        const parent = node.parentElement;
        const isOwn = parent?.closest("[translate=no]")?.contains(element) !== false;
        if (node instanceof Text && node.data.trim() !== "" && parent !== null && isSeen(parent)) {
          if (isOwn) texts.push(node);
        }
      }
      return texts;
    };
    const boxOf = (text: Text): DOMRect => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return range.getBoundingClientRect();
    };
    const complaintOf = (element: Element, text: Text): string | undefined => {
      const outer = element.getBoundingClientRect();
      const inner = boxOf(text);
      if (inner.width === 0 || inner.width > 4 * innerWidth) return undefined;
      const words = text.data.trim().slice(0, 60);
      if (inner.left < outer.left - slack || inner.right > outer.right + slack) {
        return `"${words}" leaves its ${element.tagName.toLowerCase()}.${element.className}`;
      }
      if (inner.left < -slack || inner.right > innerWidth + slack) {
        return `"${words}" leaves the window`;
      }
      for (
        let at = text.parentElement;
        at !== null && element.contains(at);
        at = at.parentElement
      ) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX !== "visible" && at.scrollWidth > at.clientWidth + slack) {
          return `"${words}" is cut`;
        }
      }
      return undefined;
    };
    const found = [...document.querySelectorAll(holders)].filter(isSeen).flatMap((element) =>
      textsOf(element).flatMap((text) => complaintOf(element, text) ?? [])
    );
    return [...new Set(found)];
  }, holders);
}
