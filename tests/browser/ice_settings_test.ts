// Whether the rules for ICE settings are those of the browsers.

import type { Browser } from "puppeteer-core";
import { assertEquals } from "../assert.ts";
import { launchChromium, launchFirefox } from "../rig/mod.ts";
import { iceServers } from "../../server/settings/ice_servers.ts";
import { accepted, refused } from "../server/ice_table.ts";

/** For each list of servers whether a connection can be made with it. */
async function constructs(browser: Browser, lists: readonly unknown[]): Promise<boolean[]> {
  const page = await browser.newPage();
  return await page.evaluate((lists) =>
    lists.map((servers) => {
      try {
        Reflect.construct(RTCPeerConnection, [{ iceServers: servers }]).close();
        return true;
      } catch {
        return false;
      }
    }), lists);
}

Deno.test("each accepted setting makes a connection in both browsers, each refused one throws in one of them", async () => {
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  // As they are written, and as they are sent to pages.
  const read = accepted.map(({ servers }) => iceServers(JSON.stringify(servers)));
  const lists = [...accepted.map(({ servers }) => servers), ...read];
  for (const { browser } of [chromium, firefox]) {
    const made = await constructs(browser, lists);
    assertEquals(lists.filter((_, index) => !made[index]), []);
  }
  const lax = refused.map(({ servers }) => servers);
  const inChromium = await constructs(chromium.browser, lax);
  const inFirefox = await constructs(firefox.browser, lax);
  const taken = refused.filter((_, index) => inChromium[index] && inFirefox[index]);
  assertEquals(taken.map(({ about }) => about), []);
});
