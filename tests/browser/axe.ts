// What axe finds on a page as it stands.

import axeCore from "npm:axe-core@4.14.1";
import type { Page } from "puppeteer-core";

declare global {
  // Put into the page by `findings`.
  var axe: typeof axeCore;
}

/**
 * What axe finds on the page as it stands, as sentences; in the second theme only what colours can
 * change.
 */
export async function findings(page: Page, screen: string): Promise<string[]> {
  await page.evaluate(axeCore.source);
  const found: string[] = [];
  for (const theme of ["light", "dark"]) {
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: theme },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    const rules = theme === "light" ? {} : { runOnly: ["color-contrast"] };
    const problems = await page.evaluate(async (rules) => {
      // Colours must have arrived where they go, or contrasts are measured half way.
      await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
      const { violations } = await globalThis.axe.run(document, {
        resultTypes: ["violations"],
        ...rules,
      });
      return violations.map(({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`
      );
    }, rules);
    found.push(...problems.map((problem) => `${screen}, ${theme}: ${problem}`));
  }
  return found;
}
