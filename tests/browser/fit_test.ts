// In every language the words of keys, rows and headings fit, on the narrowest phones.

import { assertEquals } from "../assert.ts";
import { languages } from "../../app/ui/words/languages.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { launchChromium, misfits, openPeer, type Peer, startServer, waitFor } from "../rig/mod.ts";

const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };

/** Presses an element, wherever it lies. */
async function press({ page }: Peer, selector: string): Promise<void> {
  await waitFor(() => page.$(selector), { what: selector });
  await page.$eval(selector, (key) => (key as HTMLElement).click());
}

Deno.test("every word fits at 360 pixels, in every language", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const found: string[] = [];
  for (const language of languages) {
    await using peer = await openPeer(chromium, `${server.url}/healthz`);
    const { page } = peer;
    await page.setViewport(phone);
    await page.evaluate(
      (language) => localStorage.setItem("parley", JSON.stringify({ language })),
      language,
    );
    const look = async (screen: string) =>
      found.push(...(await misfits(page)).map((words) => `${language}, ${screen}: ${words}`));

    await page.goto(`${server.url}/`);
    await waitFor(() => page.$(".plans"), { what: "the plans" });
    await look("home");

    await page.goto(`${server.room(`quiet-harbour-${language}`)}#k=${newSecret()}`);
    await waitFor(() => page.$(".preview video"), { what: "the preview" });
    await look("before joining");
    if (await page.evaluate(isNameCovered)) found.push(`${language}: the name under the keys`);

    await page.goto(`${server.room(`take-${language}`)}#take=`);
    await waitFor(() => page.$(".move-field"), { what: "the code's field" });
    await look("taking a call over");

    await page.goto(server.room(`fit-${language}`, { name: "Ann", join: "1" }));
    await waitFor(() => page.$(".invitation"), { what: "the invitation" });
    await look("alone in the room");
    await press(peer, ".more button");
    await waitFor(() => page.$(".more-menu"), { what: "the menu" });
    await look("more");
  }
  assertEquals(found, []);
});

/** In the page: whether the keys to join, which stay at the edge, lie over the name's field. */
function isNameCovered(): boolean {
  const bottom = document.querySelector("input[name=name]")?.getBoundingClientRect().bottom;
  const top = document.querySelector(".ways-in .primary")?.getBoundingClientRect().top;
  return bottom === undefined || top === undefined || bottom > top;
}

Deno.test("what is said in place of the own picture fits at every width, in every language", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ heedsPermissions: true });
  const found: string[] = [];
  for (const language of languages) {
    await using peer = await openPeer(chromium, `${server.url}/healthz`);
    const { page } = peer;
    for (const name of ["camera", "microphone"] as const) {
      const denied = { permission: { name }, state: "denied" } as const;
      await page.browserContext().setPermission(server.url, denied);
    }
    await page.evaluate(
      (language) => localStorage.setItem("parley", JSON.stringify({ language })),
      language,
    );
    await page.goto(server.room("fit"));
    await waitFor(() => page.$(".preview-trouble"), { what: "what is the matter" });
    for (const width of [360, 600, 820, 900, 1_200, 1_440]) {
      await page.setViewport({ width, height: 900 });
      const outside = await page.evaluate(wordsOutside);
      found.push(...outside.map((words) => `${language}, ${width} pixels: ${words}`));
    }
  }
  assertEquals(found, []);
});

/** In the page: what stands beyond the edge of the preview, or under its keys. */
function wordsOutside(): string[] {
  const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
  const top = box(".preview")?.top ?? Infinity;
  const bottom = box(".preview-keys")?.top ?? -Infinity;
  return [...document.querySelectorAll<HTMLElement>(".preview-trouble > *")]
    .filter((element) => element.offsetParent !== null)
    .filter((element) => {
      const place = element.getBoundingClientRect();
      return place.top < top || place.bottom > bottom;
    })
    .map((element) => element.innerText || element.className);
}
