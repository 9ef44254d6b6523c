// Files in blocks between real browsers: pages that are loaded again in the middle, and people who
// come later.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  givePlace,
  joinByLink,
  keptFiles,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  makeFile,
  offerFiles,
  type Peer,
  startServer,
  waitForCard,
  waitForTiles,
} from "../rig/mod.ts";
import { isLong } from "../seeds.ts";

const text = { camera: false, microphone: false };

/** Loads the page again, and confirms it. */
async function reload({ page }: Peer): Promise<void> {
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload({ waitUntil: "domcontentloaded", timeout: 120_000 });
}

async function reloadBoth(browser: LaunchedBrowser, size: number): Promise<void> {
  await using server = await startServer();
  await using ann = await joinByLink(browser, { server, room: "files", name: "Ann", ...text });
  await using bob = await joinByLink(browser, { server, room: "files", name: "Bob", ...text });
  await waitForTiles([ann, bob], 1);
  await givePlace(bob, { kind: "kept" });
  await using file = await makeFile("film.bin", size);
  await offerFiles(ann, [file.path]);
  await bob.press("Accept: film.bin");
  await waitForCard(bob, { says: /[1-9][\d.]* MB of \d+ MB/, timeout: 120_000 });
  await reload(bob);
  // The new page is asked nothing.
  await waitForCard(bob, { says: /film\.bin .*[1-9][\d.]* MB of \d+ MB/, timeout: 120_000 });
  await reload(ann);
  await waitForCard(bob, { says: /In your downloads, complete/, timeout: 240_000 });
  await waitForCard(ann, { says: /film\.bin To Bob .*Complete/, timeout: 120_000 });
  assertEquals(Object.values(await keptFiles(bob)), [file.digests]);
  assertEquals(await allComplaints([ann, bob]), []);
}

Deno.test("a file of 100 MB goes on after both pages are loaded again, in Chromium", async () => {
  await using chromium = await launchChromium();
  await reloadBoth(chromium, 100_000_000);
});

// Firefox takes a minute for 100 MB on a busy machine.
const firefoxSize = isLong ? 100_000_000 : 40_000_000;
Deno.test(`a file of ${firefoxSize / 1e6} MB does so in Firefox`, async () => {
  await using firefox = await launchFirefox();
  await reloadBoth(firefox, firefoxSize);
});

Deno.test("a person who comes later is offered a file while its owner allows it", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const join = (name: string) => joinByLink(chromium, { server, room: "files", name, ...text });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  await waitForTiles([ann, bob], 1);
  await givePlace(bob, { kind: "kept" });
  await using file = await makeFile("map.bin", 3_000_000);
  await offerFiles(ann, [file.path]);
  await bob.press("Accept: map.bin");
  await waitForCard(ann, { says: /Complete.*Offer to people who come later/ });
  await ann.page.locator('.file-share [role="switch"]').click();
  await using cem = await join("Cem");
  await waitForTiles([cem], 2);
  await givePlace(cem, { kind: "kept" });
  await cem.press("Accept: map.bin");
  await waitForCard(cem, { says: /In your downloads, complete/ });
  await waitForCard(ann, { says: /To 2 people .*Bob.*Complete.*Cem.*Complete/ });
  assertEquals(Object.values(await keptFiles(cem)), [file.digests]);
  assertEquals(await allComplaints([ann, bob, cem]), []);
});
