// What people see of trust, where the trust itself is staged: see scripts/screenshots.

import { assertEquals } from "../assert.ts";
import {
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { keepRoots, type StagedTrust, stageTrust } from "../../scripts/screenshots/staged_trust.ts";
import { findings } from "./axe.ts";
import { openMenu } from "./tile_menu.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };
const verified: StagedTrust = { trust: { kind: "verified" } };

/** Mira, whose page can be told of trust, with Ana and Kenji. */
async function withTwo(stack: AsyncDisposableStack) {
  const server = stack.use(await startServer());
  const chromium = stack.use(await launchChromium());
  const mira = stack.use(await openPeer(chromium, `${server.url}/healthz`));
  await mira.page.evaluateOnNewDocument(keepRoots);
  await mira.page.setViewport(desktop);
  const secret = newSecret();
  await mira.page.goto(server.room("attic", { name: "Mira", join: "1" }, secret));
  const names = ["Ana", "Kenji"];
  for (const name of names) {
    const quiet = { name, join: "1", camera: "0", microphone: "0" };
    stack.use(await openPeer(chromium, server.room("attic", quiet, secret)));
  }
  await waitForTiles([mira], 2);
  await waitFor(() => mira.page.$("#key-chat"), { what: "the bar" });
  const stage = (...people: readonly StagedTrust[]) =>
    stageTrust(mira.page, { names, staged: { people } });
  return { server, mira, names, stage };
}

/** How Mira sees Ana. */
function shieldOfAna({ page }: Peer): Promise<string | undefined> {
  return page.$eval('[aria-label="Ana"] .shield', (shield) => shield.getAttribute("data-trust"))
    .then((kind) => kind ?? undefined, () => undefined);
}

Deno.test("axe finds nothing in any state of trust, on a desktop and on a phone", async () => {
  await using stack = new AsyncDisposableStack();
  const { mira, stage, names } = await withTwo(stack);
  const { page } = mira;
  const found: string[] = [];
  const look = async (what: string) => found.push(...await findings(page, what));
  for (const size of [desktop, phone]) {
    await page.setViewport(size);
    await stageTrust(page, { names, staged: { isOpen: true, people: [] } });
    await page.keyboard.press("p");
    await waitFor(() => page.$("#people .trust-section"), { what: "the people" });
    await look(`open ${size.width}`);
    await stage({ ...verified, past: "compared" }, verified);
    await waitFor(() => page.$(".words-key"), { what: "the keys to the words" });
    await look(`people ${size.width}`);
    await mira.press("Words compared. Safety words with Ana");
    await waitFor(() => page.$(".safety-words"), { what: "the safety words" });
    await look(`words ${size.width}`);
    await mira.press("They differ");
    await look(`differ ${size.width}`);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await waitFor(async () => await page.$("#people") === null, { what: "the panel to close" });
    await stage(
      { trust: { kind: "alarm", alarm: "altered" } },
      { trust: { kind: "unverified", doubt: "wrong-secret" } },
    );
    await waitFor(() => page.$(".overlay-alarm"), { what: "the alarm" });
    await look(`alarm ${size.width}`);
    await stage({ ...verified, viewsDiffer: true }, { ...verified, past: "other-browser" });
    await waitFor(() => page.$(".trust-pill-warn"), { what: "the views" });
    await look(`notices ${size.width}`);
    await stage(verified, verified);
  }
  assertEquals(found, []);
});

Deno.test("an alarm stands in place of the picture, is said aloud, and goes with its cause", async () => {
  await using stack = new AsyncDisposableStack();
  const { mira, stage } = await withTwo(stack);
  const said = () =>
    mira.page.$$eval(".pills [role=alert]", (lines) => lines.map((line) => line.textContent));
  await stage({ trust: { kind: "alarm", alarm: "fingerprint" } }, verified);
  const alert = "Someone else answered in place of Ana. " +
    "To be safe, you and Ana do not see or hear each other.";
  await waitForValue(said, [alert], { what: "the alarm" });
  const overlay = '[aria-label="Ana"] .overlay-alarm';
  const title = await mira.page.$eval(`${overlay} strong`, ({ textContent }) => textContent);
  assertEquals(title, "Someone else answered in place of Ana");
  await stage(verified, verified);
  await waitForValue(said, [""], { what: "the end of the alarm" });
  assertEquals(await mira.page.$(overlay), null);
});

Deno.test("safety words are compared by keyboard, and words that differ lead out of the room", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, mira, stage } = await withTwo(stack);
  const { page } = mira;
  const isOpen = async () => await page.$("dialog[open]") !== null;
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  const openWords = async () => {
    await openMenu(mira, "Ana");
    await page.$eval("::-p-text(Safety words)", (row) => row.closest("button")?.focus());
    await page.keyboard.press("Enter");
    await waitForValue(focused, "Close", { what: "the focus on a key that does no harm" });
  };
  await stage(verified, verified);
  await openWords();
  assertEquals(await page.$$eval(".safety-words li", (signs) => signs.length), 7);
  await page.keyboard.press("Escape");
  await waitForValue(focused, "Options for Ana", { what: "the focus on the key of the menu" });
  assertEquals(await isOpen(), false);
  await openWords();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await waitForValue(() => shieldOfAna(mira), "compared", { what: "compared words" });
  assertEquals(await isOpen(), false);
  await openWords();
  await mira.press("They differ");
  await waitForValue(() => shieldOfAna(mira), "differs", { what: "words that differ" });
  await mira.press("Leave and start a new room");
  await waitForValue(() => Promise.resolve(page.url()), `${server.url}/`, {
    what: "the home page",
  });
});
